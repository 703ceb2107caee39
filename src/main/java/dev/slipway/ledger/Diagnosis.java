package dev.slipway.ledger;

import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a driver's error means: an outage, in words that an operator understands, or a bug of this
 * program. A bug is data that the store refuses (SQLSTATE classes 22 and 23, SQLite's constraint
 * and type errors); all else is the surroundings, and trying again later may help.
 */
final class Diagnosis {
  private Diagnosis() {}

  /** The first SQL error among the causes of {@code failed}, if there is one. */
  static Optional<SQLException> sqlError(@Nullable Throwable failed) {
    Throwable cause = failed;
    for (int depth = 0; cause != null && depth < 20; depth++) {
      if (cause instanceof SQLException error) {
        return Optional.of(error);
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }

  /**
   * The outage behind an error.
   *
   * @throws IllegalStateException when it is none
   */
  static LedgerUnavailable outage(Database database, SQLException error) {
    SQLException first = firstKnown(error);
    String fault =
        switch (database) {
          case Database.Embedded _ -> embedded(first);
          case Database.Server _ -> server(first);
        };
    return new LedgerUnavailable("the record store (" + database.place() + ") " + fault, error);
  }

  /** Whether the error is about reaching the store, and not about what was asked of it. */
  static boolean isUnreachable(Database database, SQLException error) {
    SQLException first = firstKnown(error);
    return switch (database) {
      case Database.Embedded _ ->
          switch (first.getErrorCode() & 0xff) {
            case 5, 6, 10, 13, 14 -> true;
            default -> false;
          };
      case Database.Server _ -> {
        String state = first.getSQLState() == null ? "" : first.getSQLState();
        yield state.startsWith("08") || state.startsWith("53") || state.startsWith("57P");
      }
    };
  }

  /** The pool wraps the driver's error in one of its own that says nothing about the reason. */
  private static SQLException firstKnown(SQLException error) {
    boolean isKnown = error.getErrorCode() != 0 || error.getSQLState() != null;
    return isKnown ? error : sqlError(error.getCause()).map(Diagnosis::firstKnown).orElse(error);
  }

  private static String embedded(SQLException error) {
    // The low byte is the kind; the rest says more than an operator needs.
    return switch (error.getErrorCode() & 0xff) {
      case 18, 19, 20, 25 -> throw new IllegalStateException("SQLite refuses it", error);
      case 5, 6 -> "is held by another process";
      case 8 -> "may not be written by this user";
      case 10 -> "cannot be read or written: " + text(error);
      case 11, 26 -> "is damaged: " + text(error);
      case 13 -> "cannot grow: the disk is full";
      case 14 -> "cannot be opened: check that its directory exists and belongs to this user";
      default -> "fails: " + text(error);
    };
  }

  private static String server(SQLException error) {
    String state = error.getSQLState() == null ? "" : error.getSQLState();
    if (state.startsWith("22") || state.startsWith("23")) {
      throw new IllegalStateException("PostgreSQL refuses it", error);
    }
    return switch (state) {
      case "28000", "28P01" ->
          "refuses the login, check database.user and database.password: " + text(error);
      case "3D000" -> "has no such database, create it or check database.url: " + text(error);
      case "42P01", "42703", "3F000" -> "lacks this program's tables: run `slipway migrate`";
      case "42501" -> "denies the user database.user something that it needs: " + text(error);
      case "53300" -> "has no free connection: " + text(error);
      case "57P01", "57P02", "57P03" -> "is starting or stopping: " + text(error);
      case "25006" -> "is read-only: " + text(error);
      case "08001", "08004" -> "cannot be reached: " + text(error);
      case "08000", "08003", "08006", "08007" -> "does not answer: " + text(error);
      default -> "fails: " + text(error) + (state.isEmpty() ? "" : " (SQLSTATE " + state + ")");
    };
  }

  /** The message on one line, with its deepest cause where it has one. */
  private static String text(SQLException error) {
    String message = String.valueOf(error.getMessage());
    Throwable cause = error.getCause();
    for (int depth = 0; cause != null && cause.getCause() != null && depth < 20; depth++) {
      cause = cause.getCause();
    }
    return (cause == null ? message : message + " (" + cause + ")").strip().replaceAll("\\s+", " ");
  }
}
