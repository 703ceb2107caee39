package dev.slipway.deploy;

import dev.slipway.vocabulary.Secret;
import java.util.List;
import java.util.function.Supplier;

/**
 * The daemon's secrets as they are now, for the logs of releases. What finds them is made once for
 * all releases, and anew only when they have changed. Any thread.
 */
public final class Secrets {
  private final Supplier<List<Secret>> all;
  private volatile Known known = new Known(List.of());

  private record Known(List<Secret> secrets, Masker masker) {
    Known(List<Secret> secrets) {
      this(List.copyOf(secrets), new Masker(secrets));
    }
  }

  /**
   * @param all asked at the start of every release
   */
  public Secrets(Supplier<List<Secret>> all) {
    this.all = all;
  }

  Masker masker() {
    List<Secret> now = all.get();
    Known last = known;
    if (!last.secrets().equals(now)) {
      last = new Known(now);
      known = last;
    }
    return last.masker();
  }
}
