package dev.slipway.ledger;

import dev.slipway.vocabulary.ReleaseNumber;
import dev.slipway.vocabulary.Slug;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;

/** The attic of both databases: each statement is a transaction of its own. Any thread. */
final class SqlAttic implements Attic {
  /** Steps over the index from one deployment to the next. */
  private static final String NEXT_PLACE =
      "select min(deployment) from processed_event where deployment > ?";

  // The inner limit takes the newest ones out; where there are fewer, there is nothing to compare
  // with, and nothing goes.
  private static final String FORGET_EVENTS =
      """
      delete from processed_event where deployment = ? and event_id in (
        select event_id from processed_event
        where deployment = ? and processed_at < ? and processed_at < (
          select processed_at from processed_event where deployment = ?
          order by processed_at desc limit 1 offset ?)
        order by processed_at limit ?)
      """;

  // Only the oldest rows are looked at: as many as may be kept for having succeeded, and the limit.
  private static final String FORGET_RELEASES =
      """
      delete from "release" where deployment = ? and version in (
        select version from (
          select version, state, started_at from "release"
          where deployment = ? order by version limit ?) oldest
        where state <> 'running' and started_at < ? and version < ?
          and version < (select max(version) from "release" where deployment = ?)
          and (state <> 'succeeded' or version < (
            select version from "release" where deployment = ? and state = 'succeeded'
            order by version desc limit 1 offset ?)))
      """;

  private final Connections connections;

  SqlAttic(Connections connections) {
    this.connections = connections;
  }

  @Override
  public int forgetEvents(Instant before, int kept, int limit) throws LedgerUnavailable {
    int forgotten = 0;
    for (Optional<String> at = placeAfter(""); at.isPresent(); at = placeAfter(at.get())) {
      String place = at.get();
      forgotten +=
          change(FORGET_EVENTS, place, place, Timestamp.from(before), place, kept - 1, limit);
    }
    return forgotten;
  }

  @Override
  public int forgetReleases(
      Slug deployment, ReleaseNumber below, Instant before, int succeeded, int limit)
      throws LedgerUnavailable {
    String slug = deployment.value();
    return change(
        FORGET_RELEASES,
        slug,
        slug,
        succeeded + limit,
        Timestamp.from(before),
        below.value(),
        slug,
        slug,
        succeeded - 1);
  }

  private Optional<String> placeAfter(String place) throws LedgerUnavailable {
    return connections
        .on(connection -> {
          try (PreparedStatement next = prepared(connection, NEXT_PLACE, place);
              ResultSet found = next.executeQuery()) {
            return found.next()
                ? Optional.ofNullable(found.getString(1))
                : Optional.<String>empty();
          }
        })
        .flatMap(found -> found);
  }

  private int change(String sql, Object... parameters) throws LedgerUnavailable {
    return connections
        .on(connection -> {
          try (PreparedStatement statement = prepared(connection, sql, parameters)) {
            return statement.executeUpdate();
          }
        })
        .orElse(0);
  }

  private static PreparedStatement prepared(Connection connection, String sql, Object... parameters)
      throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    return statement;
  }
}
