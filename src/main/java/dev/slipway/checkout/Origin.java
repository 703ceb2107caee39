package dev.slipway.checkout;

import dev.slipway.vocabulary.RepositoryName;
import dev.slipway.vocabulary.Secret;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a deployment's commits come from.
 *
 * @param url what git fetches from; holds no credential
 * @param sshKey the private key for an ssh URL
 * @param token given to git by a credential helper for an https URL
 */
public record Origin(
    RepositoryName repository, String url, Optional<Path> sshKey, Optional<Secret> token) {}
