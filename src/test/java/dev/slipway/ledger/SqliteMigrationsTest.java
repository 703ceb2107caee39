package dev.slipway.ledger;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteMigrationsTest extends MigrationsContract {
  @TempDir Path directory;

  @Override
  Database database() {
    // A name that would be taken for a URL's own characters.
    return new Database.Embedded(directory.resolve("a b%20?mode=memory#c.db"), true);
  }
}
