package dev.slipway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.slipway.app.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServeOptionsTest {
  private static Optional<Serve.Options> parse(String line) {
    return Serve.Options.parse(line.isEmpty() ? List.of() : List.of(line.split(" ")));
  }

  private static Optional<Serve.Options> options(Role role) {
    return Optional.of(new Serve.Options(Optional.empty(), role));
  }

  private static Optional<Serve.Options> options(String config, Role role) {
    return Optional.of(new Serve.Options(Optional.of(Path.of(config)), role));
  }

  @Test
  void thePlainFormsAreReadWithoutTheParser() {
    assertEquals(options(Role.ALL), parse("serve"));
    assertEquals(options("/etc/x", Role.ALL), parse("serve --config /etc/x"));
    assertEquals(options("/etc/x", Role.ALL), parse("--config /etc/x serve"));
    assertEquals(options(Role.INTAKE), parse("serve --role intake"));
    assertEquals(options("x", Role.WORK), parse("serve --role work --config x"));
    assertEquals(options("x", Role.WORK), parse("--config x serve --role work"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "status",
        "--config x",
        "--help",
        "serve --help",
        "serve --role",
        "serve --role queen",
        "serve --config",
        "serve serve",
        "serve --role=work",
        "serve --config=x",
        "serve now",
        "--role work serve",
        "status serve"
      })
  void anythingElseIsForTheParser(String line) {
    assertEquals(Optional.empty(), parse(line));
  }
}
