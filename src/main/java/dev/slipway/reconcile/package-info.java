/**
 * Catches up with pushes that were missed: GitHub does not redeliver by itself what came while the
 * daemon was down. {@link dev.slipway.reconcile.Reconciler} looks at every followed branch at the
 * start and again and again:
 *
 * <pre>
 *  released before? ─ no ─▶ nothing: the first release is a person's
 *     │ yes
 *  git ls-remote ─ no answer ─▶ said once, asked again at the next look
 *     │ tip
 *  on record, waiting, active, failed? ─ yes ─▶ nothing: it is, or was, in hand
 *     │ no trace of it
 *  seen so by the look before? ─ no ─▶ looked at again soon: its webhook may be under way
 *     │ yes
 *  an entry that names the branch and no commit, behind all that wait
 * </pre>
 *
 * The entry's commit is resolved at its turn, so that it never takes the site back; its id follows
 * from the deployment and the commit, so that neither a crash nor a second host doubles it. The
 * queue is the deployment's own: the worker sees no difference. One thread; repositories are asked
 * side by side.
 */
@NullMarked
package dev.slipway.reconcile;

import org.jspecify.annotations.NullMarked;
