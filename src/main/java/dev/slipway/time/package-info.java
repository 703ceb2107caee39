/**
 * Waiting and waking. A loop of the daemon is a {@link dev.slipway.time.Loop}: one {@code step()}
 * that does what can be done now and answers how long it may rest. Threads only repeat {@code
 * step()}, and a {@link dev.slipway.time.Bell} cuts a rest short. So a test drives a loop by hand,
 * with a clock of its own.
 *
 * <p>The wall clock is {@link java.time.InstantSource}, handed in; no other package sleeps.
 */
@NullMarked
package dev.slipway.time;

import org.jspecify.annotations.NullMarked;
