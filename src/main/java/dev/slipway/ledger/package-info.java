/**
 * The record store: what is finished. Processed events and releases, in PostgreSQL or in the
 * embedded SQLite.
 *
 * <p>The protocol with the spool: an outcome is recorded <i>before</i> the entry is removed, so an
 * entry found already recorded is simply removed. A success is recorded at most once per event and
 * deployment, by the key of {@code processed_event}, on however many hosts share the store.
 *
 * <p>The schema is the SQL in {@code migrations/}, one set of files for both databases, with the
 * comments there; Flyway's history is in {@code flyway_schema_history}. A migration that has been
 * released is never edited, and a new one only adds what an older program can live with, since
 * hosts that share a store are not brought up to date at once. Times are kept to the millisecond,
 * in PostgreSQL as {@code timestamptz}, in SQLite as milliseconds since 1970: {@code
 * datetime(started_at / 1000, 'unixepoch')}. SQLite runs with a write-ahead log and full
 * synchronisation; copy it with {@code sqlite3 slipway.db ".backup FILE"}, not with {@code cp}.
 *
 * <p>{@link dev.slipway.ledger.Ledger} is a seam: {@link dev.slipway.ledger.SqlLedger} in the
 * daemon, one in memory in tests; one contract suite runs on both. Writing goes through Hibernate,
 * reading, and clearing the {@link dev.slipway.ledger.Attic}, by plain JDBC, which commands share
 * as {@link dev.slipway.ledger.SqlHistory}: it opens in a fraction of the time, creates nothing,
 * and reads beside a running daemon. Methods throw {@link dev.slipway.ledger.LedgerUnavailable}
 * when the store does not answer: the caller keeps its entry and tries again later. The only place
 * that uses Hibernate, Flyway and JDBC. Any thread.
 */
@NullMarked
package dev.slipway.ledger;

import org.jspecify.annotations.NullMarked;
