package dev.slipway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFilesTest {
  @TempDir private Path folder;

  private final Findings findings = new Findings();

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private Surroundings surroundings(Map<String, String> environment) {
    return new Surroundings(environment, folder, Optional.of(folder.resolve("home")), 2);
  }

  private List<String> names(Optional<Path> named, Map<String, String> environment) {
    return new ConfigFiles(surroundings(environment), folder.resolve("etc"))
        .documents(named, findings).stream().map(Document::name).toList();
  }

  @Test
  void aFolderHoldsTheMainFileAndThenTheOthersInTheOrderOfTheirNames() throws IOException {
    write("config/slipway.toml", "");
    write("config/slipway.d/b.toml", "");
    write("config/slipway.d/10.toml", "");
    write("config/slipway.d/9.toml", "");
    write("config/slipway.d/B.toml", "");
    write("config/slipway.d/c.toml~", "");
    write("config/slipway.d/.d.toml", "");
    write("config/other.toml", "");
    assertEquals(
        List.of(
            "config/slipway.toml",
            "config/slipway.d/10.toml",
            "config/slipway.d/9.toml",
            "config/slipway.d/B.toml",
            "config/slipway.d/b.toml"),
        names(Optional.of(Path.of("config")), Map.of()));
  }

  @Test
  void aFileThatIsNamedIsReadAlone() throws IOException {
    write("config/slipway.toml", "");
    write("config/slipway.d/a.toml", "");
    assertEquals(
        List.of("config/slipway.toml"),
        names(Optional.of(Path.of("config/slipway.toml")), Map.of()));
  }

  @Test
  void theCommandLineComesFirstThenTheVariableThenTheUsualFolders() throws IOException {
    for (String place : List.of("named", "variable", "etc", "config", "home/config")) {
      write(place + "/slipway.toml", "");
    }
    var variable = Map.of("SLIPWAY_CONFIG", "variable");
    assertEquals(List.of("named/slipway.toml"), names(Optional.of(Path.of("named")), variable));
    assertEquals(List.of("variable/slipway.toml"), names(Optional.empty(), variable));
    var unset = Map.of("SLIPWAY_CONFIG", "");
    assertEquals(List.of(folder + "/etc/slipway.toml"), names(Optional.empty(), unset));
    Files.delete(folder.resolve("etc/slipway.toml"));
    Files.delete(folder.resolve("etc"));
    assertEquals(List.of("config/slipway.toml"), names(Optional.empty(), unset));
    Files.delete(folder.resolve("config/slipway.toml"));
    Files.delete(folder.resolve("config"));
    assertEquals(List.of(folder + "/home/config/slipway.toml"), names(Optional.empty(), unset));
    assertEquals(List.of(), findings.faults());
    assertEquals(List.of(), findings.warnings());
  }

  @Test
  void withoutAnyFolderThereAreNoDocumentsAndAWarning() {
    assertEquals(List.of(), names(Optional.empty(), Map.of()));
    assertEquals(List.of(), findings.faults());
    assertEquals(
        List.of(
            folder
                + "/etc: no such folder, nor config, "
                + folder
                + "/home/config; every key has its default"),
        findings.warnings().stream().map(Warning::toString).toList());
  }

  @Test
  void whatIsNamedAndNotThereIsAFault() {
    names(Optional.of(Path.of("missing.toml")), Map.of());
    names(Optional.empty(), Map.of("SLIPWAY_CONFIG", "gone"));
    assertEquals(
        List.of("gone: no such file", "missing.toml: no such file"),
        findings.faults().stream()
            .map(Fault::toString)
            .map(fault -> fault.replaceFirst(";.*", ""))
            .toList());
  }

  @Test
  void aNamedFolderWithoutConfigurationIsAFault() throws IOException {
    Files.createDirectory(folder.resolve("empty"));
    names(Optional.of(Path.of("empty")), Map.of());
    assertEquals(
        List.of(
            "empty: holds no configuration; expected slipway.toml, or *.toml files in slipway.d"),
        findings.faults().stream().map(Fault::toString).toList());
  }

  @Test
  void aFileThatIsNotUtf8IsAFault() throws IOException {
    Files.write(folder.resolve("latin.toml"), new byte[] {'#', (byte) 0xe9, '\n'});
    names(Optional.of(Path.of("latin.toml")), Map.of());
    assertTrue(
        findings.faults().getFirst().toString().startsWith("latin.toml: not UTF-8; expected"),
        findings.faults().toString());
  }

  @Test
  void aByteOrderMarkIsNoFault() throws IOException {
    Path file = write("marked.toml", "\uFEFFmax_running = 9\n");
    var reading = ConfigReader.read(Optional.of(file), surroundings(Map.of()));
    assertEquals(9, assertInstanceOf(Reading.Valid.class, reading).config().host().maxRunning());
  }

  @Test
  void anEndlessFileIsAFault() {
    names(Optional.of(Path.of("/dev/zero")), Map.of());
    assertEquals(1, findings.faults().size());
  }

  @Test
  void aRelativePathMeansTheFolderOfItsFile() throws IOException {
    write("config/slipway.toml", "state_dir = \"state\"\n");
    Path more = write("config/slipway.d/a.toml", "state_dir = \"../other\"\n");
    var here = surroundings(Map.of());
    var first =
        assertInstanceOf(
            Reading.Valid.class, ConfigReader.read(Optional.of(Path.of("config")), here));
    assertEquals(folder.resolve("config/other"), first.config().host().stateDir());
    Files.delete(more);
    var second =
        assertInstanceOf(
            Reading.Valid.class, ConfigReader.read(Optional.of(Path.of("config")), here));
    assertEquals(folder.resolve("config/state"), second.config().host().stateDir());
    assertEquals(List.of("config/slipway.toml"), second.files());
  }

  @Test
  void theStateOfACheckoutLiesInIt() throws IOException {
    var files = new ConfigFiles(surroundings(Map.of()));
    assertEquals("/var/lib/slipway", files.stateDir());
    write("home/pom.xml", "");
    assertEquals(folder.resolve("home/var").toString(), files.stateDir());
  }

  @Test
  void aDeployKeyMustBeThere() throws IOException {
    Path file =
        write("slipway.toml", Written.WEBSITE.replace("steps", "ssh_key_file = \"key\"\nsteps"));
    var without =
        assertInstanceOf(
            Reading.Invalid.class, ConfigReader.read(Optional.of(file), surroundings(Map.of())));
    assertEquals(
        List.of(
            file
                + ":5: deployments.website.ssh_key_file: found "
                + folder.resolve("key")
                + ": no such file; expected a private key that this user can read"),
        without.faults().stream().map(Fault::toString).toList());
  }

  @Test
  void aDeployKeyThatOthersCanReadIsWarnedOf() throws IOException {
    Path file =
        write("slipway.toml", Written.WEBSITE.replace("steps", "ssh_key_file = \"key\"\nsteps"));
    Path key = write("key", "");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    var open =
        assertInstanceOf(
            Reading.Valid.class, ConfigReader.read(Optional.of(file), surroundings(Map.of())));
    assertEquals(1, open.warnings().size());
    assertEquals(
        "git@github.com:example/website.git",
        open.config().deployments().getFirst().origin().url());
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    var closed =
        assertInstanceOf(
            Reading.Valid.class, ConfigReader.read(Optional.of(file), surroundings(Map.of())));
    assertEquals(List.of(), closed.warnings());
  }
}
