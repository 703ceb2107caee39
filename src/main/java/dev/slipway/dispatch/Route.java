package dev.slipway.dispatch;

import dev.slipway.vocabulary.RepositoryName;
import dev.slipway.vocabulary.Slug;

/** Which events a deployment takes. */
public record Route(Slug slug, RepositoryName repository, Trigger trigger, boolean enabled) {}
