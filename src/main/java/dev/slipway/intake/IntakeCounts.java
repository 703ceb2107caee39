package dev.slipway.intake;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** How many requests were accepted and refused since the listener was opened. Any thread. */
public final class IntakeCounts {
  private final AtomicLong accepted = new AtomicLong();
  private final Map<Integer, AtomicLong> refused = new ConcurrentHashMap<>();

  IntakeCounts() {}

  /** Events on stable storage that were answered with 202. */
  public long accepted() {
    return accepted.get();
  }

  /** Refusals by their HTTP status, in its order; a status that never occurred is missing. */
  public Map<Integer, Long> refused() {
    Map<Integer, Long> snapshot = new TreeMap<>();
    refused.forEach((status, count) -> snapshot.put(status, count.get()));
    return snapshot;
  }

  void countAccepted() {
    accepted.incrementAndGet();
  }

  void countRefused(int status) {
    refused.computeIfAbsent(status, any -> new AtomicLong()).incrementAndGet();
  }
}
