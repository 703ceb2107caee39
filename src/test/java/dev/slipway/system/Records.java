package dev.slipway.system;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The record store as anybody reads it, by SQL beside the running daemon. */
record Records(String url, String user) {
  /** A row of {@code processed_event}. */
  record Event(String id, String deployment, String outcome, String entry) {}

  /** A row of {@code release}. */
  record Release(
      String deployment,
      int version,
      String commit,
      String ref,
      String event,
      String trigger,
      String host,
      String state,
      Optional<String> reason) {}

  @FunctionalInterface
  private interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  List<Event> events() throws SQLException {
    return query(
        "select event_id, deployment, outcome, entry from processed_event order by entry,"
            + " deployment",
        row -> new Event(row.getString(1), row.getString(2), row.getString(3), row.getString(4)));
  }

  /** What is recorded of one event. */
  List<Event> events(String id) throws SQLException {
    return events().stream().filter(event -> event.id().equals(id)).toList();
  }

  /** What became of an event at a deployment; empty while nothing is recorded. */
  String outcome(String id, String deployment) throws SQLException {
    return events(id).stream()
        .filter(event -> event.deployment().equals(deployment))
        .map(Event::outcome)
        .findFirst()
        .orElse("");
  }

  /** A deployment's releases, oldest first. */
  List<Release> releases(String deployment) throws SQLException {
    return releases(release -> release.deployment().equals(deployment));
  }

  List<Release> releases(Predicate<Release> wanted) throws SQLException {
    return query(
            "select deployment, version, commit_sha, ref, event_id, \"trigger\", host, state,"
                + " reason from release order by deployment, version",
            row ->
                new Release(
                    row.getString(1),
                    row.getInt(2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    row.getString(6),
                    row.getString(7),
                    row.getString(8),
                    Optional.ofNullable(row.getString(9))))
        .stream()
        .filter(wanted)
        .toList();
  }

  private <T> List<T> query(String sql, Row<T> row) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, user, "");
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      List<T> all = new ArrayList<>();
      while (rows.next()) {
        all.add(row.read(rows));
      }
      return all;
    }
  }
}
