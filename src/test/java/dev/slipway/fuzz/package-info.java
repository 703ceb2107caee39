/**
 * Input that nobody meant well: seeded generators and mutations for tests of all packages. A suite
 * runs a quick count by itself; {@code -Dslipway.fuzz.count} sets a longer one, {@code
 * -Dslipway.fuzz.seed} where it begins. A failure names the seed that repeats it.
 */
@NullMarked
package dev.slipway.fuzz;

import org.jspecify.annotations.NullMarked;
