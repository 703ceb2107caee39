/**
 * From an accepted event to the queues of the deployments it concerns. {@link
 * dev.slipway.dispatch.Routes} decides, purely; {@link dev.slipway.dispatch.Dispatcher} acts on it:
 *
 * <pre>
 * queues/dispatcher/N ─ read ─┬─ unreadable ─────────────▶ dispatcher/corrupt/N (+ N.reason)
 *                             ├─ already recorded ───────▶ events/N
 *                             ├─ nobody takes it ─ record ▶ events/N
 *                             └─ taken ─ link into queues/&lt;slug&gt;/N, … ─▶ events/N
 * </pre>
 *
 * Forwarding is a hard link under the same name: it can be repeated after a crash without doubling
 * anything, and the entry leaves the dispatcher only when every link is on stable storage. One
 * thread.
 */
@NullMarked
package dev.slipway.dispatch;

import org.jspecify.annotations.NullMarked;
