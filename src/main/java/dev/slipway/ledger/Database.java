package dev.slipway.ledger;

import dev.slipway.vocabulary.Quoted;
import dev.slipway.vocabulary.Secret;
import java.nio.file.Path;
import java.util.Optional;

/** Where the record store is. */
public sealed interface Database {
  /** Whether the daemon brings the schema to its newest version at its start. */
  boolean migrate();

  /** How messages name it: without credentials. */
  String place();

  /** A SQLite file of this daemon's own. */
  record Embedded(Path file, boolean migrate) implements Database {
    @Override
    public String place() {
      return file.toString();
    }
  }

  /**
   * A PostgreSQL server.
   *
   * @param url as the JDBC driver takes it, {@code jdbc:postgresql://host:port/database?option=…};
   *     what it says goes before Slipway's own settings
   * @param user absent: the URL's, else the account that the program runs under
   */
  record Server(String url, Optional<String> user, Optional<Secret> password, boolean migrate)
      implements Database {
    private static final String PREFIX = "jdbc:postgresql:";

    public Server {
      if (!url.startsWith(PREFIX) || url.length() == PREFIX.length()) {
        throw new IllegalArgumentException(
            "a record store's URL is jdbc:postgresql://HOST/DATABASE, not "
                + Quoted.of(withoutOptions(url)));
      }
    }

    @Override
    public String place() {
      String rest = withoutOptions(url).substring(PREFIX.length());
      return "PostgreSQL at " + (rest.startsWith("//") ? rest.substring(2) : rest);
    }

    /** The options may hold a password, so they are not shown either. */
    @Override
    public String toString() {
      return place();
    }

    private static String withoutOptions(String url) {
      int options = url.indexOf('?');
      return options < 0 ? url : url.substring(0, options);
    }
  }
}
