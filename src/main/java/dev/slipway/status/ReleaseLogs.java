package dev.slipway.status;

import dev.slipway.disk.GrowingFile;
import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.ledger.Release;
import dev.slipway.ledger.ReleaseState;
import dev.slipway.vocabulary.ReleaseNumber;
import dev.slipway.vocabulary.Slug;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The messages of releases, as they lie in {@code logs/} of this state directory. */
public final class ReleaseLogs {
  /** How long to rest before the next look at a log that is being written. */
  public static final Duration PAUSE = Duration.ofMillis(200);

  /** So many looks in vain, and the record store is asked whether the release is over. */
  static final int PATIENCE = 25;

  private final Sources sources;

  public ReleaseLogs(Sources sources) {
    this.sources = sources;
  }

  /** What a search for a release's log found. */
  public sealed interface Found {
    /** It is here, or will be: the release has only just begun. */
    record Here(LogTail tail) implements Found {}

    /** There is such a release, and its log is not here. */
    record Missing(String reason) implements Found {}

    /** There is no such release. */
    record Unknown() implements Found {}
  }

  /** Looks for a release's log. */
  public Found find(Slug slug, ReleaseNumber number) throws LedgerUnavailable {
    GrowingFile file = new GrowingFile(sources.spool().state().log(slug, number));
    if (file.exists()) {
      return new Found.Here(new LogTail(file));
    }
    Optional<Release> release = sources.history().release(slug, number);
    if (release.isEmpty()) {
      return new Found.Unknown();
    }
    if (release.get().state() == ReleaseState.RUNNING) {
      return new Found.Here(new LogTail(file));
    }
    return new Found.Missing(
        "the log of release %s of %s is not here; it ran on host %s"
            .formatted(number, slug, release.get().host()));
  }

  /** Who follows a log. */
  public interface Follower {
    /** Takes the next messages, one or more. */
    void take(List<LogTail.Line> lines) throws IOException;

    /** Rests until it is worth looking again, such as for {@link #PAUSE}. */
    void rest() throws IOException, InterruptedException;
  }

  /** How following a log ended. */
  public enum Ending {
    /** The follower has the release's last message. */
    COMPLETED,
    /** The release is over, and its log has no last message. */
    CUT_OFF
  }

  /** Gives the follower every message from here on, as they come, until the release is over. */
  public Ending follow(Slug slug, ReleaseNumber number, LogTail tail, Follower follower)
      throws IOException, InterruptedException {
    int looks = 0;
    boolean over = false;
    while (!tail.isComplete()) {
      List<LogTail.Line> lines = tail.next();
      if (!lines.isEmpty()) {
        looks = 0;
        follower.take(lines);
        continue;
      }
      looks++;
      if (looks % PATIENCE == 0) {
        if (over) {
          return Ending.CUT_OFF;
        }
        // The last message comes after the record: it gets as many looks again.
        over = isOver(slug, number);
      }
      follower.rest();
    }
    return Ending.COMPLETED;
  }

  private boolean isOver(Slug slug, ReleaseNumber number) {
    try {
      return sources
          .history()
          .release(slug, number)
          .filter(release -> release.state() == ReleaseState.RUNNING)
          .isEmpty();
    } catch (LedgerUnavailable away) {
      // It may well go on: the log says.
      return false;
    }
  }
}
