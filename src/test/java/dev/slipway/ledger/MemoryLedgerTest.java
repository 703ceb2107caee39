package dev.slipway.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemoryLedgerTest extends LedgerContract {
  private final MemoryLedger ledger = new MemoryLedger();

  @Override
  Ledger ledger() {
    return ledger;
  }

  @Override
  Ledger ofAnotherHost() {
    return ledger;
  }

  @Test
  void whileUnavailableItNeitherAnswersNorRecords() throws Exception {
    ledger.unavailable(true);

    assertThrows(LedgerUnavailable.class, ledger::newest);
    assertThrows(LedgerUnavailable.class, () -> ledger.running("host-a"));
    assertThrows(
        LedgerUnavailable.class,
        () -> ledger.record(List.of(event("e1", Optional.empty(), "void"))));

    ledger.unavailable(false);
    assertEquals(List.of(), ledger.everything());
    assertEquals(List.of(), ledger.newest());
  }
}
