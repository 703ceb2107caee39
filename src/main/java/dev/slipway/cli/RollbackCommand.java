package dev.slipway.cli;

import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.vocabulary.ReleaseNumber;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code slipway rollback}. */
@Command(
    name = "rollback",
    description =
        "Queue a new release with the commit of an old one: the newest that succeeded and is not"
            + " live, or the one that is named.")
final class RollbackCommand extends ActCommands.OfDeployment {
  @Parameters(index = "1", arity = "0..1", paramLabel = "RELEASE", description = "Its number.")
  private @Nullable Integer release;

  @Override
  int run(Desk desk) throws IOException, LedgerUnavailable {
    if (release != null) {
      requirePositive("RELEASE", release);
    }
    Optional<ReleaseNumber> number = Optional.ofNullable(release).map(ReleaseNumber::new);
    return report(
        acts(desk).rollback(desk.slug(slug), number, System.getProperty("user.name", "unknown")));
  }
}
