package dev.slipway.intake;

import dev.slipway.spool.Inbox;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * What the listener is handed by the daemon.
 *
 * @param admission read for every request, so that it can change while the listener runs
 * @param inbox where accepted events go
 * @param version what {@code GET /} says
 */
public record Surroundings(
    Supplier<Admission> admission,
    Inbox inbox,
    InstantSource clock,
    Readiness readiness,
    String version) {}
