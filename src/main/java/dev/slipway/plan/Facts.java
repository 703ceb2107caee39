package dev.slipway.plan;

import dev.slipway.vocabulary.CommitId;
import dev.slipway.vocabulary.GitRef;
import dev.slipway.vocabulary.ReleaseNumber;
import dev.slipway.vocabulary.RepositoryName;
import dev.slipway.vocabulary.Slug;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a recipe may know of the release it plans.
 *
 * @param tree the folder that holds the checked-out commit; steps run in it
 * @param previous the commit that is live, absent for a first release
 */
public record Facts(
    Slug deployment,
    RepositoryName repository,
    GitRef ref,
    CommitId commit,
    Optional<CommitId> previous,
    ReleaseNumber release,
    Path tree) {}
