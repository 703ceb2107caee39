package dev.slipway.process;

import java.nio.charset.StandardCharsets;

/**
 * Cuts one stream of bytes into lines: ended by LF or CR LF, decoded as UTF-8 with malformed bytes
 * replaced, all other characters untouched. A line of more than {@link #LIMIT} bytes comes in
 * pieces, none of which ends within a character. Holds one piece at most. One thread.
 */
final class Lines {
  /** The bytes of one piece. */
  static final int LIMIT = 8 * 1024;

  private final Output output;
  private final Output.Stream stream;

  // One more than a piece, for a CR that may belong to the line's end.
  private final byte[] pending = new byte[LIMIT + 1];
  private int length;

  Lines(Output output, Output.Stream stream) {
    this.output = output;
    this.stream = stream;
  }

  /** Takes the stream's next bytes. */
  void accept(byte[] bytes, int count) {
    for (int i = 0; i < count; i++) {
      byte next = bytes[i];
      if (next == '\n') {
        end();
        continue;
      }
      if (length > LIMIT || (length == LIMIT && next != '\r')) {
        cut();
      }
      pending[length++] = next;
    }
  }

  /** The stream has ended; hands on a last line that had no end. */
  void finish() {
    if (length > 0) {
      end();
    }
  }

  private void end() {
    int size = length > 0 && pending[length - 1] == '\r' ? length - 1 : length;
    length = 0;
    output.line(stream, decode(size));
  }

  private void cut() {
    int size = boundary(LIMIT);
    String piece = decode(size);
    System.arraycopy(pending, size, pending, 0, length - size);
    length -= size;
    output.piece(stream, piece);
  }

  /** The last place at or before {@code limit} that is not within a UTF-8 sequence. */
  private int boundary(int limit) {
    int lead = limit - 1;
    while (lead > limit - 4 && (pending[lead] & 0xc0) == 0x80) {
      lead--;
    }
    int size = sequenceLength(pending[lead]);
    return lead + size > limit ? lead : limit;
  }

  private static int sequenceLength(byte lead) {
    int bits = lead & 0xff;
    if (bits < 0xc2 || bits > 0xf4) {
      return 1;
    }
    return bits < 0xe0 ? 2 : bits < 0xf0 ? 3 : 4;
  }

  private String decode(int size) {
    return new String(pending, 0, size, StandardCharsets.UTF_8);
  }
}
