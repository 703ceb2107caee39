package dev.slipway.spool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.EventId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of an entry in a worker's hands. */
class ClaimTest {
  private static final EntryName ONE = EntryName.at(1);
  private static final EventId A = new EventId("a");

  @TempDir private Path folder;
  private SpoolFixture spool;
  private Queue queue;

  @BeforeEach
  void forward() throws IOException {
    spool = new SpoolFixture(folder).prepared();
    queue = spool.queue();
    spool.forward(ONE.value(), "a");
  }

  private Claim claim() throws IOException {
    return queue.claim(ONE).orElseThrow();
  }

  private List<String> files() {
    return spool.tree("queues/website");
  }

  @Test
  void aClaimedEntryIsActiveAndWhole() throws IOException {
    Claim claim = claim();

    assertEquals(List.of("active/" + ONE), files());
    assertArrayEquals(SpoolFixture.push("a"), claim.read(1 << 20));
    assertEquals(List.of(ONE), queue.active());
  }

  @Test
  void anEntryThatWasRemovedCannotBeClaimed() throws IOException {
    spool.rm("website/" + ONE);

    assertEquals(Optional.empty(), queue.claim(ONE));
  }

  @Test
  void nothingIsLeftOfAnEntryThatIsDone() throws IOException {
    Claim claim = claim();
    spool.command().requestCancel(ONE, "too late");
    queue.replaceNote(queue.retry(ONE), new Retry(1, Instant.EPOCH).text());

    claim.done();

    assertEquals(List.of(), files());
    assertFalse(queue.isPending(A));
    assertEquals(Optional.empty(), queue.retryOf(ONE));
  }

  @Test
  void aParkedEntryStaysWholeWithItsReasonBesideIt() throws IOException {
    assertEquals(ONE, claim().park("\nThe disk is on fire.\n\nTry: water\n\n"));

    assertEquals(List.of("failed/" + ONE, "failed/" + ONE + ".reason"), files());
    assertArrayEquals(SpoolFixture.push("a"), Files.readAllBytes(queue.failed(ONE)));
    assertEquals("The disk is on fire.\n\nTry: water\n", Files.readString(queue.reason(ONE)));
    assertEquals(Optional.of("The disk is on fire.\n\nTry: water"), spool.reasonOf(ONE));
    assertFalse(queue.isPending(A));
  }

  @Test
  void aTakenNameGetsANumberBehindIt() throws IOException {
    spool.drop("website/failed/" + ONE, SpoolFixture.push("older"));
    spool.drop("website/failed/" + ONE + ".1", SpoolFixture.push("older"));

    assertEquals(ONE.taken(2), claim().park("broken"));

    assertArrayEquals(SpoolFixture.push("a"), Files.readAllBytes(queue.failed(ONE.taken(2))));
    assertEquals(Optional.of("broken"), spool.reasonOf(ONE.taken(2)));
  }

  @Test
  void anEntryRemovedWhileItRanIsNotParkedButFoundMissing() throws IOException {
    Claim claim = claim();
    spool.rm("website/active/" + ONE);

    claim.park("broken");

    assertEquals(List.of(), files(), "no reason without an entry");
    assertEquals(List.of(new Queue.Vanished(ONE, A)), queue.sweep().vanished());
  }

  @Test
  void aReleasedEntryWaitsAgain() throws IOException {
    claim().release();

    assertEquals(List.of(ONE.value()), files());
    assertEquals(new Queue.Sweep(List.of(ONE), List.of(), List.of()), queue.sweep());
  }

  @Test
  void anEntryFindsItsPlaceWhereAnOperatorTookItsName() throws IOException {
    Claim claim = claim();
    spool.drop("website/" + ONE, SpoolFixture.push("other"));

    claim.retryLater(new Retry(3, Instant.EPOCH));

    EntryName place = ONE.taken(1);
    assertEquals(List.of(ONE, place), queue.waiting());
    assertEquals(Optional.of(new Retry(3, Instant.EPOCH)), queue.retryOf(place));
    assertEquals(new Queue.Sweep(List.of(ONE, place), List.of(ONE), List.of()), queue.sweep());
  }

  @Test
  void aClaimFindsItsPlaceWhereSomethingLiesInTheWay() throws IOException {
    spool.drop("website/active/" + ONE, SpoolFixture.push("other"));

    Claim claim = claim();

    assertEquals(ONE.taken(1), claim.name());
    assertArrayEquals(SpoolFixture.push("a"), claim.read(1 << 20));
    assertEquals(List.of(), queue.sweep().vanished());
    claim.done();
    assertFalse(queue.isPending(A));
  }

  @Test
  void aRetryIsRememberedOverARestart() throws IOException {
    Retry retry = new Retry(2, Instant.parse("2025-11-21T06:30:00.5Z"));
    claim().retryLater(retry);
    spool.restart();

    assertEquals(Optional.of(retry), spool.queue().retryOf(ONE));
    assertEquals(List.of(ONE), spool.queue().waiting());
  }

  @Test
  void parkingForgetsEarlierTries() throws IOException {
    claim().retryLater(new Retry(2, Instant.EPOCH));
    claim().park("broken");

    assertEquals(Optional.empty(), queue.retryOf(ONE));
  }

  @Test
  void aCancelRequestIsSeenByTheRunItIsFor() throws IOException {
    Claim claim = claim();
    assertEquals(Optional.empty(), claim.cancelRequest());

    spool.command().requestCancel(ONE, "wrong branch");

    assertEquals(Optional.of("wrong branch"), claim.cancelRequest());
    assertEquals(List.of(ONE), queue.active(), "the request itself is no entry");
  }

  @Test
  void aCancelRequestWithoutAReasonStillHasOne() throws IOException {
    Claim claim = claim();
    Files.createFile(queue.cancel(ONE));

    assertEquals(Optional.of("by an operator"), claim.cancelRequest());
  }

  @Test
  void aCancelRequestThatCameTooLateDoesNotEndTheNextRun() throws IOException {
    claim().park("broken");
    spool.command().requestCancel(ONE, "too late");
    spool.command().retry(ONE);

    assertEquals(Optional.empty(), claim().cancelRequest());
  }

  @Test
  void norDoesItWhereTheEntryIsMovedUpByHand() throws IOException {
    claim().park("broken");
    spool.command().requestCancel(ONE, "too late");
    spool.mv("website/failed/" + ONE, "website/" + ONE);
    assertEquals(List.of(ONE), queue.sweep().unmarked());
    assertTrue(queue.adopt(ONE, A));

    assertEquals(Optional.empty(), claim().cancelRequest());
  }

  @Test
  void aCancelRequestThatMetTheEndOfAFailedTryEndsTheNextOne() throws IOException {
    Claim claim = claim();
    spool.command().requestCancel(ONE, "wrong branch");
    claim.retryLater(new Retry(1, Instant.EPOCH));
    assertEquals(List.of(ONE), queue.waiting());

    assertEquals(Optional.of("wrong branch"), claim().cancelRequest());
  }

  @Test
  void itFollowsAnEntryWhoseNameIsTakenWhereItWaits() throws IOException {
    Claim claim = claim();
    spool.command().requestCancel(ONE, "wrong branch");
    spool.drop("website/" + ONE, SpoolFixture.push("b"));
    claim.release();

    Claim again = queue.claim(ONE.taken(1)).orElseThrow();
    assertEquals(Optional.of("wrong branch"), again.cancelRequest());
    assertEquals(Optional.empty(), claim().cancelRequest());
  }

  @Test
  void theReasonOfAnotherEntryStays() throws IOException {
    claim().park("broken");
    spool.drop("website/" + ONE, SpoolFixture.push("a"));

    claim();

    assertEquals(List.of("active/" + ONE, "failed/" + ONE, "failed/" + ONE + ".reason"), files());
    assertTrue(spool.reasonOf(ONE).isPresent());
  }
}
