package dev.slipway.deploy;

import dev.slipway.event.Event;
import dev.slipway.event.Push;
import dev.slipway.spool.Claim;

/** One claimed entry, read: what a run is about. */
record Job(Claim claim, Event event, Push push) {}
