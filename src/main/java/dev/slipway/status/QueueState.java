package dev.slipway.status;

import dev.slipway.spool.Retry;
import java.util.Optional;

/**
 * What lies in one deployment's queue.
 *
 * @param waiting how many entries wait
 * @param active the one that is being deployed
 * @param failed how many were given up
 * @param paused why nothing new starts, if that is so; empty text where no reason was given
 * @param retry that the first of those that wait was tried before
 * @param obstacle what the machine lacks, so that nothing new starts
 */
public record QueueState(
    int waiting,
    Optional<QueueEntry> active,
    int failed,
    Optional<String> paused,
    Optional<Retry> retry,
    Optional<String> obstacle) {}
