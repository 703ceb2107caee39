package dev.slipway.intake;

import java.util.List;

/** Says whether events can be accepted and worked off. */
@FunctionalInterface
public interface Readiness {
  /** Why they cannot, one sentence each, without secrets; empty: they can. It does not wait. */
  List<String> obstacles();
}
