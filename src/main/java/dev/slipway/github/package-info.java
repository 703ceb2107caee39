/**
 * GitHub's API, for those who have given a token. {@link dev.slipway.github.Redelivery} asks for
 * what failed to be delivered here:
 *
 * <pre>
 * GET  /repos/O/R/hooks                               which of them is ours?
 * GET  /repos/O/R/hooks/ID/deliveries                 which failed, and were not made good since?
 * POST /repos/O/R/hooks/ID/deliveries/ID/attempts     once each, unless it is known here already
 * </pre>
 *
 * <p>Every call has a time limit and bounds on pages and bytes, follows no address but the API's
 * own, and rests as long as GitHub asks for. The only place that uses {@code java.net.http}, which
 * is loaded with the first call and let go after each look. One thread.
 *
 * @see <a href="https://docs.github.com/en/rest/repos/webhooks">GitHub: REST API endpoints for
 *     repository webhooks</a>
 */
@NullMarked
package dev.slipway.github;

import org.jspecify.annotations.NullMarked;
