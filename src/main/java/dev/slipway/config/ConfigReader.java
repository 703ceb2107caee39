package dev.slipway.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the configuration: files, environment, defaults, and every fault in them at once. */
public final class ConfigReader {
  private ConfigReader() {}

  /**
   * Reads what {@code named} names, else what {@code $SLIPWAY_CONFIG} names, else {@code
   * /etc/slipway}, {@code ./config} or the {@code config} folder of the checkout, whichever is
   * there first.
   *
   * @param named the file or folder given on the command line
   */
  public static Reading read(Optional<Path> named, Surroundings surroundings) {
    var findings = new Findings();
    var files = new ConfigFiles(surroundings);
    return read(files.documents(named, findings), surroundings, findings);
  }

  static Reading read(List<Document> documents, Surroundings surroundings, Findings findings) {
    var layers = new ArrayList<Value.Table>();
    for (Document document : documents) {
      TomlText.read(document, findings).ifPresent(layers::add);
    }
    layers.add(EnvironmentLayer.of(surroundings, findings));
    Value.Table merged =
        Defaults.fill(
            SecretFiles.fill(Layers.merge(layers), findings),
            new ConfigFiles(surroundings).stateDir(),
            surroundings.cores());
    Value.Table shown = Check.document(merged, findings);
    DaemonRules.check(merged, findings);
    DeploymentRules.check(merged, findings);
    List<Fault> faults = findings.faults();
    return faults.isEmpty()
        ? new Reading.Valid(
            Build.config(merged),
            new ConfigText(shown),
            documents.stream().map(Document::name).toList(),
            findings.warnings())
        : new Reading.Invalid(faults, findings.warnings());
  }
}
