/**
 * From a waiting entry to a release. One {@link dev.slipway.deploy.Worker} per deployment works its
 * queue off, strictly in the order of the names, one at a time:
 *
 * <pre>
 *  waiting ──claim──▶ active ──▶ already recorded? ─ yes ─▶ removed
 *     ▲                  │ no
 *     │                  ├─ overtaken ─▶ recorded as superseded ─▶ removed
 *     │                  ▼
 *     │            locks ▶ release opened ▶ checkout ▶ recipe.plan ▶ steps ▶ activate
 *     │                  │
 *     │                  ├─ succeeded ─▶ recorded (release and event, one transaction) ─▶ removed
 *     │                  ├─ cancelled ─▶ recorded ─▶ removed
 *     ├──── retry at ────┤  failed, attempts left
 *     │                  ├─ failed ────▶ failed/NAME + NAME.reason
 *     └── daemon ended ──┘  release interrupted, the entry waits again, costs no attempt
 * </pre>
 *
 * A push is overtaken when the live commit contains it, when its branch was rewritten without it
 * and, where the deployment coalesces, when a newer one waits behind it; most of those are ended
 * before they are ever claimed ({@link dev.slipway.deploy.Coalescing}).
 *
 * <p>Effects are at least once, success is recorded once. What the surroundings do (record store,
 * locks, disk) is thrown to the loop's boundary: the entry stays, and is tried again. One thread
 * per deployment.
 */
@NullMarked
package dev.slipway.deploy;

import org.jspecify.annotations.NullMarked;
