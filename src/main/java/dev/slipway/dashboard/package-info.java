/**
 * What an operator sees over HTTP on the {@code admin} address: the API, live logs and metrics,
 * over {@link dev.slipway.status.Snapshot}. {@link dev.slipway.dashboard.Admin} says where it
 * listens and who may ask, {@link dev.slipway.dashboard.AdminListener} is the listener while it is
 * open.
 *
 * <pre>
 *   request ─▶ Gate: Host known? (421)  login? token or session? (401)  same origin? (403)
 *           ─▶ Endpoints: path and method (404, 405)
 *           ─▶ Reads | Acting | LogStream | Metrics ─▶ status, and through it files and rows
 * </pre>
 *
 * <p>Refusals are RFC 9457 problems. A token opens everything; a browser trades it once, at {@code
 * /login?token=}, for a session cookie that is bound to the token, so that the token is in no page,
 * no history and no log. Each request runs on a virtual thread of its own; together they are
 * bounded, as are bodies, lists and streams. The only other place that uses Undertow is the webhook
 * listener.
 */
@NullMarked
package dev.slipway.dashboard;

import org.jspecify.annotations.NullMarked;
