/**
 * The webhook listener: from a POST to an event on stable storage. Bounded read, signature over the
 * raw bytes, checks of size and type; then the spool, and only then the 202. No database, no
 * network, no lock outside the process stands in the way of a request.
 *
 * <p>Each request runs on a virtual thread of its own. Refusals are RFC 9457 problems; nothing is
 * written for them.
 *
 * @see <a href="https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries">
 *     Validating webhook deliveries</a>
 */
@NullMarked
package dev.slipway.intake;

import org.jspecify.annotations.NullMarked;
