package dev.slipway.process;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.List;

/**
 * What connects the daemon to one program that runs: its two outputs, the news of its end, and a
 * wake-up from other threads. {@link #await} waits for all of them at once by poll(2), so one
 * thread hands the output on in the order in which it came. Owns its descriptors; one thread.
 */
final class Wires implements AutoCloseable {
  private static final int WAKE_UP = 0;
  private static final int END = 1;
  private static final int STDOUT = 2;
  private static final int STDERR = 3;
  private static final int COUNT = 4;

  private static final int CLOSED = -1;
  private static final short READABLE = 0x001;
  private static final int BUFFER = 64 * 1024;

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment records = arena.allocate(COUNT * Posix.POLL_RECORD, Integer.BYTES);
  private final MemorySegment buffer = arena.allocate(BUFFER);
  private final byte[] bytes = new byte[BUFFER];
  private final List<Lines> lines;
  private boolean ended;
  private long handedOn;

  Wires(Output output, WakeUp wakeUp, int end, int stdout, int stderr) {
    lines =
        List.of(new Lines(output, Output.Stream.STDOUT), new Lines(output, Output.Stream.STDERR));
    connect(WAKE_UP, wakeUp.descriptor());
    connect(END, end);
    connect(STDOUT, stdout);
    connect(STDERR, stderr);
  }

  /**
   * Waits until something happens, but not longer than {@code atMost}; output that came is handed
   * on. Says whether any came or ended.
   */
  boolean await(Duration atMost) {
    // Rounded up: a wait that ends just before its time would be repeated without rest.
    long millis = Math.min(atMost.plusNanos(999_999).toMillis(), Integer.MAX_VALUE);
    if (Posix.poll(records, COUNT, (int) millis) <= 0) {
      return false;
    }
    if (isReady(WAKE_UP)) {
      // It has told all it can; left in, it would end every further wait at once.
      connect(WAKE_UP, CLOSED);
    }
    if (isReady(END)) {
      ended = true;
      disconnect(END);
    }
    boolean out = isReady(STDOUT) && read(STDOUT);
    boolean err = isReady(STDERR) && read(STDERR);
    return out || err;
  }

  /** Whether the program has ended. */
  boolean hasEnded() {
    return ended;
  }

  /** Whether more output may come. */
  boolean isOpen() {
    return descriptor(STDOUT) != CLOSED || descriptor(STDERR) != CLOSED;
  }

  /** The bytes of output so far. */
  long handedOn() {
    return handedOn;
  }

  private boolean read(int wire) {
    long count = Posix.read(descriptor(wire), buffer);
    Lines target = lines.get(wire - STDOUT);
    if (count <= 0) {
      disconnect(wire);
      target.finish();
    } else {
      MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, bytes, 0, (int) count);
      handedOn += count;
      target.accept(bytes, (int) count);
    }
    return true;
  }

  private boolean isReady(int wire) {
    return events(wire, Short.BYTES) != 0;
  }

  private short events(int wire, int offset) {
    return records.get(JAVA_SHORT, wire * Posix.POLL_RECORD + Integer.BYTES + offset);
  }

  private int descriptor(int wire) {
    return records.get(JAVA_INT, wire * Posix.POLL_RECORD);
  }

  private void connect(int wire, int descriptor) {
    records.set(JAVA_INT, wire * Posix.POLL_RECORD, descriptor);
    records.set(JAVA_SHORT, wire * Posix.POLL_RECORD + Integer.BYTES, READABLE);
  }

  private void disconnect(int wire) {
    if (descriptor(wire) != CLOSED) {
      Posix.close(descriptor(wire));
      connect(wire, CLOSED);
    }
  }

  /** Lets go of the program; a last line without an end is handed on. */
  @Override
  public void close() {
    boolean out = descriptor(STDOUT) != CLOSED;
    boolean err = descriptor(STDERR) != CLOSED;
    disconnect(END);
    disconnect(STDOUT);
    disconnect(STDERR);
    arena.close();
    if (out) {
      lines.getFirst().finish();
    }
    if (err) {
      lines.getLast().finish();
    }
  }
}
