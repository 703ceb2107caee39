package dev.slipway.cli;

import dev.slipway.config.Config;
import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.ledger.Migrations;
import dev.slipway.ledger.SchemaFault;
import dev.slipway.process.Identity;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code slipway migrate}. */
@Command(name = "migrate", description = "Bring the record store to the newest schema.")
final class MigrateCommand extends AbstractCommand {
  @Override
  public Integer call() throws IOException, LedgerUnavailable, SchemaFault {
    Config config = config();
    Identity.becomeOwnerOf(config.host().stateDir());
    List<Migrations.Applied> applied = Migrations.migrate(config.stores().database());
    applied.forEach(one -> print("applied " + one.version() + " " + one.description()));
    if (applied.isEmpty()) {
      print("the record store has the newest schema already");
    }
    return Exit.DONE;
  }
}
