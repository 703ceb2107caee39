package dev.slipway.deploy;

import dev.slipway.process.RunToken;
import dev.slipway.spool.Queue;
import dev.slipway.spool.RunNote;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The token that the programs of one release carry now, as it stands in the release's note. What
 * carries it is ended when the release is cut off. A step that succeeded may have left something
 * running on purpose, such as a process manager: so each step that follows gets a token of its own,
 * and nobody looks for the old one any more. One thread.
 */
final class CurrentToken {
  private static final Logger log = LoggerFactory.getLogger(CurrentToken.class);

  private final Queue queue;
  private RunNote note;
  private boolean begun;

  CurrentToken(Queue queue, RunNote note) {
    this.queue = queue;
    this.note = note;
  }

  /** Writes down what is about to run, unless that was done. */
  void begin() throws IOException {
    if (!begun) {
      queue.beginRun(note);
      begun = true;
    }
  }

  RunToken value() {
    return note.token();
  }

  /** Lets what carries it be. */
  void renew() {
    RunNote next = new RunNote(note.entry(), note.event(), RunToken.random(), note.unclean());
    try {
      queue.continueRun(next);
      note = next;
    } catch (IOException refused) {
      // The old one serves on: it only knows less well what was left on purpose.
      log.warn("a step's token stays deployment={} reason={}", queue.slug(), refused.toString());
    }
  }
}
