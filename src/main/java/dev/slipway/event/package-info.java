/**
 * Events, and the form in which they are stored. An {@link dev.slipway.event.Event} is what Slipway
 * reads of an entry; {@link dev.slipway.event.EntryCodec} writes and reads the entry's file:
 *
 * <pre>{"id": …, "event": "push", "received_at": RFC 3339 UTC with nanoseconds,
 *  "source": "webhook" | "cli" | "reconcile", "remote": IP or null, "payload": {…as GitHub sent it…}}
 * </pre>
 *
 * The payload is stored byte for byte and is never read whole into a tree: a push is streamed
 * through, and only what routing and deploying need is kept ({@link dev.slipway.event.Push}).
 *
 * <p>{@link dev.slipway.event.Message} is one line of a release's log, {@link
 * dev.slipway.event.Outcome} how an event ended. {@link dev.slipway.event.Json} writes the answers
 * of commands and listeners. The only place that uses Jackson for JSON. Any thread.
 *
 * @see <a href="https://docs.github.com/en/webhooks/webhook-events-and-payloads">Webhook events and
 *     payloads</a>
 */
@NullMarked
package dev.slipway.event;

import org.jspecify.annotations.NullMarked;
