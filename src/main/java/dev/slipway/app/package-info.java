/**
 * The daemon put together. {@link dev.slipway.app.Daemon} reads from top to bottom: what is opened
 * in which order, which loop runs on which thread, and that all of it is closed in the reverse
 * order. The only place that starts threads, reads the machine's clocks and handles signals.
 *
 * <pre>
 *   serve ─┬─ intake side: inbox, listener              (needs the disk and nothing else)
 *          └─ work side:   watch, record store ─▶ dispatcher, one worker per deployment
 * </pre>
 *
 * The two sides share the state directory alone, so {@code --role} may put them into two processes.
 */
@NullMarked
package dev.slipway.app;

import org.jspecify.annotations.NullMarked;
