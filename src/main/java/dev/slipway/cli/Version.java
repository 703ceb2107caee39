package dev.slipway.cli;

import java.util.Optional;
import picocli.CommandLine;

/** The program's version, as its jar's manifest says. */
final class Version implements CommandLine.IVersionProvider {
  static String number() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  @Override
  public String[] getVersion() {
    return new String[] {"slipway " + number()};
  }
}
