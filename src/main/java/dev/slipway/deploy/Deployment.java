package dev.slipway.deploy;

import dev.slipway.checkout.Origin;
import dev.slipway.checkout.Target;
import dev.slipway.plan.Recipe;
import dev.slipway.vocabulary.Slug;

/** How one deployment deploys. Which events start it is its route, kept by the dispatcher. */
public record Deployment(
    Slug slug, Origin origin, Target target, Conditions conditions, Recipe recipe) {}
