package dev.slipway.github;

import dev.slipway.vocabulary.Secret;
import java.net.URI;

/**
 * Where GitHub's API is, and what opens it.
 *
 * @param api such as {@code https://api.github.com}, or {@code https://HOST/api/v3}
 */
public record Account(URI api, Secret token) {}
