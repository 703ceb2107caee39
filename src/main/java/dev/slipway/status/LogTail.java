package dev.slipway.status;

import dev.slipway.disk.GrowingFile;
import dev.slipway.event.Message;
import dev.slipway.event.MessageCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a release's log from its beginning, as far as it is written. A line counts once its end is
 * there. Lines that are no message (the torn last line of a release that a power cut ended) are
 * counted and left out. One thread.
 */
public final class LogTail {
  /** How much is read at a time. */
  private static final int CHUNK = 256 << 10;

  /** The longest line; what programs print is cut far below. */
  private static final int LONGEST = 4 << 20;

  private final GrowingFile file;
  private final ByteArrayOutputStream open = new ByteArrayOutputStream();
  private long offset;
  private long number;
  private long seen;
  private boolean complete;

  public LogTail(GrowingFile file) {
    this.file = file;
  }

  /**
   * A message.
   *
   * @param number the number of its line in the file, from 1
   * @param json the line as it stands there
   */
  public record Line(long number, String json, Message message) {}

  /** Leaves out the lines up to this number. */
  public void skip(long last) {
    seen = last;
  }

  /** Whether the last message has been read; nothing follows it. */
  public boolean isComplete() {
    return complete;
  }

  /** The next messages, as far as they are there: none where nothing new was written. */
  public List<Line> next() throws IOException {
    List<Line> lines = new ArrayList<>();
    while (lines.isEmpty() && !complete) {
      byte[] bytes = file.read(offset, CHUNK);
      if (bytes.length == 0) {
        break;
      }
      offset += bytes.length;
      split(bytes, lines);
    }
    return lines;
  }

  private void split(byte[] bytes, List<Line> lines) throws IOException {
    int from = 0;
    for (int i = 0; i < bytes.length && !complete; i++) {
      if (bytes[i] == '\n') {
        open.write(bytes, from, i - from);
        from = i + 1;
        take(open.toString(StandardCharsets.UTF_8), lines);
        open.reset();
      }
    }
    open.write(bytes, from, bytes.length - from);
    if (open.size() > LONGEST) {
      throw new IOException("no log of a release: a line is longer than " + LONGEST + " bytes");
    }
  }

  private void take(String json, List<Line> lines) {
    number++;
    try {
      Message message = MessageCodec.read(json);
      if (number > seen) {
        lines.add(new Line(number, json, message));
      }
      complete = message instanceof Message.Completed;
    } catch (IllegalArgumentException | DateTimeException torn) {
      // Its place is counted, so that the numbers of the others stay.
    }
  }
}
