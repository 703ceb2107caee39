package dev.slipway.intake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OffendersTest {
  private static final InetAddress ONE = InetAddress.ofLiteral("203.0.113.9");

  private final ManualClock clock = new ManualClock();
  private final Offenders offenders = new Offenders(clock);

  @Test
  void theFirstTwentyAreTolerated() {
    for (int i = 0; i < Offenders.TOLERATED; i++) {
      assertEquals(Optional.empty(), offenders.wrong(ONE));
    }

    clock.advance(Duration.ofSeconds(15));

    assertEquals(Optional.of(Duration.ofSeconds(45)), offenders.wrong(ONE));
  }

  @Test
  void aMinuteLaterItBeginsAnew() {
    exhaust(ONE);

    clock.advance(Offenders.WINDOW);

    assertEquals(Optional.empty(), offenders.wrong(ONE));
  }

  @Test
  void aClockThatStepsBackKeepsNobodyOut() {
    exhaust(ONE);

    clock.advance(Duration.ofHours(-1));

    assertEquals(Optional.empty(), offenders.wrong(ONE));
  }

  @Test
  void othersAreNotConcerned() {
    exhaust(ONE);

    assertEquals(Optional.empty(), offenders.wrong(InetAddress.ofLiteral("203.0.113.10")));
  }

  @Test
  void anIpv6HostCannotHideInItsNetwork() {
    exhaust(InetAddress.ofLiteral("2001:db8:0:1::1"));

    assertEquals(
        Optional.of(Offenders.WINDOW), offenders.wrong(InetAddress.ofLiteral("2001:db8:0:1:9::2")));
    assertEquals(Optional.empty(), offenders.wrong(InetAddress.ofLiteral("2001:db8:0:2::1")));
  }

  @Test
  void theTableIsBoundedAndForgetsWhoWasQuietTheLongest() throws Exception {
    exhaust(ONE);

    for (int i = 0; i < Offenders.CAPACITY; i++) {
      offenders.wrong(InetAddress.getByAddress(new byte[] {10, 0, (byte) (i >> 8), (byte) i}));
    }

    assertEquals(Optional.empty(), offenders.wrong(ONE));
  }

  private void exhaust(InetAddress address) {
    for (int i = 0; i < Offenders.TOLERATED; i++) {
      offenders.wrong(address);
    }
  }
}
