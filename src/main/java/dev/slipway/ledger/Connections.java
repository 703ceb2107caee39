package dev.slipway.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Lends connections in autocommit mode: the daemon's pool, the few of the admin listener, or the
 * one connection of a command.
 */
interface Connections extends AutoCloseable {
  /**
   * Does {@code work} on a connection.
   *
   * @return absent when there is no record store yet, so that nothing is recorded
   */
  <T> Optional<T> on(Work<T> work) throws LedgerUnavailable;

  @Override
  void close();

  /** Something to do on a connection, which stays open. */
  @FunctionalInterface
  interface Work<T> {
    T with(Connection connection) throws SQLException;
  }
}
