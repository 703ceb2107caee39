package dev.slipway.ledger;

class MemoryAtticTest extends AtticContract {
  private final MemoryLedger ledger = new MemoryLedger();

  @Override
  Ledger ledger() {
    return ledger;
  }

  @Override
  Attic attic() {
    return ledger;
  }
}
