/**
 * What a deployment is about to do, as data. A {@link dev.slipway.plan.Recipe} turns {@link
 * dev.slipway.plan.Facts} (what changed, where, with which settings) into a {@link
 * dev.slipway.plan.Plan}: a list of {@link dev.slipway.plan.Step}s of a few sealed kinds. One
 * runner executes plans, so that time limits, logs, cancellation, dry run and secrets are written
 * once.
 *
 * <p>Recipes are pure: no clock, no file, no process. The same facts give the same plan, which is
 * what makes a dry run truthful and a golden-text test sufficient.
 *
 * <p>{@code Recipe} is the one extension point; together with {@code vocabulary} this package is
 * the whole API a recipe is compiled against.
 */
@NullMarked
package dev.slipway.plan;

import org.jspecify.annotations.NullMarked;
