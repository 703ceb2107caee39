/** The recipe {@code steps}: the commands that the configuration lists, in order. */
@NullMarked
package dev.slipway.recipe.steps;

import org.jspecify.annotations.NullMarked;
