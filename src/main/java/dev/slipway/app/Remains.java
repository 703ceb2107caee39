package dev.slipway.app;

import dev.slipway.process.Processes;
import dev.slipway.process.RunToken;
import dev.slipway.spool.RunNote;
import dev.slipway.spool.Spool;
import dev.slipway.vocabulary.Slug;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an unclean end of the daemon left running. The locks that it ran under went with that
 * daemon, so it is ended before anything starts: another deployment may hold the same named lock,
 * and its own may be gone from the configuration. All at once, since each may take its time to end.
 * What does not end here holds its deployment back, whose recovery insists on it.
 */
final class Remains {
  private static final Logger log = LoggerFactory.getLogger(Remains.class);

  private final Spool spool;
  private final Processes processes;

  Remains(Spool spool, Processes processes) {
    this.spool = spool;
    this.processes = processes;
  }

  /** Ends them; returns when each has ended or does not. */
  void end() throws IOException {
    try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Slug slug : spool.known()) {
        Optional<RunNote> run = spool.queue(slug).unfinishedRun();
        run.map(RunNote::token).ifPresent(token -> each.execute(() -> end(slug, token)));
      }
    }
  }

  private void end(Slug slug, RunToken token) {
    try {
      int ended = processes.endAll(token);
      log.info("an unclean end deployment={} processes_ended={}", slug, ended);
    } catch (IOException stubborn) {
      log.warn("left by an unclean end deployment={} reason={}", slug, stubborn.getMessage());
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }
}
