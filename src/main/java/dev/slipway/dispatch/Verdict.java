package dev.slipway.dispatch;

import dev.slipway.event.Outcome;
import dev.slipway.vocabulary.Slug;
import java.util.List;

/** What is to become of an event. */
public sealed interface Verdict {
  /**
   * These deployments take it, one or more.
   *
   * @param disabled those that would, were they not disabled
   */
  record Taken(List<Slug> deployments, List<Slug> disabled) implements Verdict {
    public Taken {
      deployments = List.copyOf(deployments);
      disabled = List.copyOf(disabled);
      if (deployments.isEmpty()) {
        throw new IllegalArgumentException("nobody takes it");
      }
    }
  }

  /** No deployment takes it; its outcome says why. */
  record Untaken(Outcome outcome) implements Verdict {}
}
