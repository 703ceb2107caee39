package dev.slipway.intake;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Addresses that sent wrong signatures lately, the last {@value #CAPACITY} of them. An address may
 * be wrong {@value #TOLERATED} times in a minute that begins with the first time. IPv6 addresses
 * count by their /64, which is what one host has. Nothing here bears on a right signature.
 *
 * <p>Any thread.
 */
final class Offenders {
  static final int TOLERATED = 20;
  static final int CAPACITY = 10_000;
  static final Duration WINDOW = Duration.ofMinutes(1);

  private static final int IPV6_HOST = 8;

  private record Record(Instant since, int times) {}

  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final SequencedMap<String, Record> records = new LinkedHashMap<>(16, 0.75f, true);

  Offenders(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Notes a wrong signature.
   *
   * @return how long the address should stay away; empty while it is tolerated
   */
  Optional<Duration> wrong(InetAddress address) {
    Instant now = clock.instant();
    lock.lock();
    try {
      Record record =
          records.merge(key(address), new Record(now, 1), (old, fresh) -> again(old, now));
      if (records.size() > CAPACITY) {
        records.pollFirstEntry();
      }
      return record.times() > TOLERATED
          ? Optional.of(Duration.between(now, record.since().plus(WINDOW)))
          : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private static Record again(Record record, Instant now) {
    // A clock that stepped back must not keep an address out for longer than the window.
    boolean current = !now.isBefore(record.since()) && now.isBefore(record.since().plus(WINDOW));
    return current ? new Record(record.since(), record.times() + 1) : new Record(now, 1);
  }

  private static String key(InetAddress address) {
    byte[] bytes = address.getAddress();
    return HexFormat.of()
        .formatHex(bytes.length > IPV6_HOST ? Arrays.copyOf(bytes, IPV6_HOST) : bytes);
  }
}
