package dev.slipway.reconcile;

import dev.slipway.checkout.Origin;
import dev.slipway.vocabulary.GitRef;
import dev.slipway.vocabulary.Slug;

/** A deployment that every push to a branch starts. */
public record Followed(Slug slug, Origin origin, GitRef branch) {}
