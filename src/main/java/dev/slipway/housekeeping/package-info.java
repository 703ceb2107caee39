/**
 * What need not be kept for ever goes: logs, descriptions and records of releases, records of
 * events, entries that were given up, and what a crash left lying about. {@link
 * dev.slipway.housekeeping.Keep} holds every limit.
 *
 * <pre>
 *  every hour:  OldFiles                logs/&lt;slug&gt;, releases/&lt;slug&gt;, by number and age
 *               BigLogs                 logs/, by their bytes over all
 *               OldFailures             queues/&lt;slug&gt;/failed, recorded as cancelled and removed
 *               OldCorrupt              queues/dispatcher/corrupt, told in the log and removed
 *               Abandoned               tmp/, and notes about what is there no more
 *               OldEvents, OldReleases  the record store, by number and age
 * </pre>
 *
 * Each of them is a {@link dev.slipway.housekeeping.Chore}: it looks at what is there, takes away a
 * bounded part of it, and remembers nothing, so a crash at any point is harmless. {@link
 * dev.slipway.housekeeping.Housekeeping} does them one after the other, resting in between; what
 * fails is told, and tried again in the next round. It holds no lock. One thread.
 */
@NullMarked
package dev.slipway.housekeeping;

import org.jspecify.annotations.NullMarked;
