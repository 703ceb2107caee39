/**
 * The queue directories: the interface between the stages. Intake, dispatcher and workers never
 * call each other, they share these files, and {@code ls} shows the truth.
 *
 * <pre>
 * queues/dispatcher/N              an event not yet routed      (Inbox puts it there)
 * queues/dispatcher/corrupt/N      no event; N.reason says why
 * queues/&lt;slug&gt;/N                  waiting
 * queues/&lt;slug&gt;/active/N           being deployed now; N.cancel beside it asks for its end
 * queues/&lt;slug&gt;/failed/N           gave up; N.reason says why
 * queues/&lt;slug&gt;/paused             nothing new starts; its text is the reason
 * events/N                         routed; kept for a while
 * routed/&lt;slug&gt;/&lt;event id&gt; -&gt; N    waiting or active under this name (a note, see Markers)
 * retries/&lt;slug&gt;/N -&gt; …            when it may be tried again, and how often it was
 * runs/&lt;slug&gt; -&gt; …                 what is running now, for the recovery after a crash
 * submitted/&lt;slug&gt; -&gt; …            the last name that a command gave here
 * redelivered/&lt;event id&gt; -&gt; …      when GitHub was asked to deliver it once more
 * tmp/                             files before they get their name
 * names                            no name above this one was given yet
 * </pre>
 *
 * <p>Names are published in order, but a listing is no snapshot: entries are worked off as far as
 * two looks agree ({@link Listing}). A taken name gets {@code .1}, {@code .2}, ….
 *
 * <p>A stage creates a file under {@code tmp/}, brings it to storage, renames it into place and
 * syncs the directory. The life of an entry in a deployment's queue:
 *
 * <pre>
 *   forward/submit ──▶ waiting ──claim──▶ active ──done──▶ (gone; recorded before)
 *                       ▲  ▲ │              │ │
 *                       │  │ └ rm ▶ cancelled │
 *                       │  └── release ───────┘
 *                       └─ mv ── failed ◀── park
 * </pre>
 *
 * <p>Watching is only a hint that wakes a loop early: the listing of the directory decides. The
 * only place that uses directory-watcher.
 */
@NullMarked
package dev.slipway.spool;

import org.jspecify.annotations.NullMarked;
