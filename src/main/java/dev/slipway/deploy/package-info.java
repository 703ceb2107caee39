/**
 * From a waiting entry to a release. One {@link dev.slipway.deploy.Worker} per deployment works its
 * queue off, strictly in the order of the names, one at a time:
 *
 * <pre>
 *  waiting ──claim──▶ active ──▶ already recorded? ─ yes ─▶ removed
 *     ▲                  │ no
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
 * Effects are at least once, success is recorded once. What the surroundings do (record store,
 * locks, disk) is thrown to the loop's boundary: the entry stays, and is tried again. One thread
 * per deployment.
 */
@NullMarked
package dev.slipway.deploy;

import org.jspecify.annotations.NullMarked;
