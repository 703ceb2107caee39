/**
 * What there is to see, and what people may ask for: the read model over the queue directories and
 * the record store, and the acts on them. The command line and the admin listener share it, so both
 * show and do the same.
 *
 * <pre>
 *   Sources ─┬─▶ Snapshots    each deployment: state, last and live release, queue depth
 *            ├─▶ Queues       the entries of the queues, read as far as asked
 *            ├─▶ ReleaseLogs  the messages of a release, to its end or while they come
 *            └─▶ Acts         deploy, rollback, pause, resume, cancel, retry, drop
 * </pre>
 *
 * <p>Everything is read from files and rows at the moment of asking: nothing is cached, nothing is
 * created by looking, and it works while the daemon is down. Where the record store does not
 * answer, queues are shown all the same, and what is missing is said. {@link
 * dev.slipway.status.Views} gives the JSON: names as in the record store, times in RFC 3339. Any
 * thread.
 */
@NullMarked
package dev.slipway.status;

import org.jspecify.annotations.NullMarked;
