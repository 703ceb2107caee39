package dev.slipway.intake;

import dev.slipway.disk.Disk;
import dev.slipway.disk.RealDisk;
import dev.slipway.spool.Inbox;
import dev.slipway.spool.StateDirectory;
import dev.slipway.vocabulary.ByteSize;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** A real listener on a free port, before a real inbox in a directory of the test's own. */
final class Doorstep implements AutoCloseable {
  static final ByteSize MAX_BODY = new ByteSize(1 << 20);
  static final Limits LIMITS = Limits.standard(MAX_BODY, ByteSize.ofMiB(160));

  final ManualClock clock = new ManualClock();
  final AtomicReference<Admission> admission =
      new AtomicReference<>(new Admission(List.of(Post.SECRET), Optional.empty()));
  final AtomicReference<List<String>> obstacles = new AtomicReference<>(List.of());
  final Listener listener;

  private final StateDirectory state;
  private final Inbox inbox;

  Doorstep(Path directory) throws IOException {
    this(directory, new RealDisk(), LIMITS, MAX_BODY);
  }

  Doorstep(Path directory, Disk disk, Limits limits, ByteSize maxBody) throws IOException {
    state = new StateDirectory(directory);
    inbox = Inbox.open(disk, state, clock);
    Listen listen = new Listen("127.0.0.1", 0, List.of(AddressBlock.parse("127.0.0.1")), maxBody);
    listener = Listener.open(listen, limits, surroundings());
  }

  Surroundings surroundings() {
    return new Surroundings(admission::get, inbox, clock, obstacles::get, "1.2.3");
  }

  static Limits limits(Duration idle, Duration head, Duration body) {
    return new Limits(idle, head, body, LIMITS.connections(), LIMITS.memory());
  }

  InetSocketAddress address() {
    return listener.address();
  }

  Wire connect() throws IOException {
    return new Wire(address());
  }

  Wire.Answer exchange(Post post) throws IOException {
    return Wire.exchange(address(), post.bytes());
  }

  /** The entries that were accepted, in the order of their names. */
  List<Path> entries() throws IOException {
    try (Stream<Path> files = Files.list(state.dispatcher())) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    inbox.close();
  }
}
