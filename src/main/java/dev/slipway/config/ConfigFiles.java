package dev.slipway.config;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which files make up the configuration, and all that is read of the disk for it. Links are
 * followed; a file has at most {@value #LIMIT} bytes.
 */
final class ConfigFiles {
  static final String MAIN = "slipway.toml";
  static final String MORE = "slipway.d";

  private static final String VARIABLE = "SLIPWAY_CONFIG";
  private static final Path SYSTEM = Path.of("/etc/slipway");
  private static final String LOCAL = "config";
  private static final int LIMIT = 1 << 20;

  private final Surroundings surroundings;
  private final Path system;

  ConfigFiles(Surroundings surroundings) {
    this(surroundings, SYSTEM);
  }

  /** With another folder in the place of {@code /etc/slipway}. */
  ConfigFiles(Surroundings surroundings, Path system) {
    this.surroundings = surroundings;
    this.system = system;
  }

  /**
   * The documents, earlier ones first. What is named must be there; where nothing is named and none
   * of the usual folders exists, there are no documents, and every key has its default.
   */
  List<Document> documents(Optional<Path> named, Findings findings) {
    Optional<Path> place =
        named.or(() ->
            Optional.ofNullable(surroundings.environment().get(VARIABLE))
                .filter(text -> !text.isBlank())
                .map(Path::of));
    if (place.isPresent()) {
      return named(place.get(), findings);
    }
    List<Path> usual = usual();
    Optional<Path> folder =
        usual.stream().filter(path -> Files.isDirectory(real(path))).findFirst();
    if (folder.isEmpty()) {
      String others = usual.stream().skip(1).map(Path::toString).collect(joining(", "));
      findings.warning(
          place(system), "", "no such folder, nor " + others + "; every key has its default");
    }
    return folder.map(path -> folder(path, findings)).orElse(List.of());
  }

  private List<Path> usual() {
    Path local = Path.of(LOCAL);
    List<Path> usual = new ArrayList<>(List.of(system, local));
    surroundings.home().map(home -> home.resolve(LOCAL)).ifPresent(usual::add);
    return usual;
  }

  private List<Document> named(Path path, Findings findings) {
    if (!Files.isDirectory(real(path))) {
      return read(path, findings).stream().toList();
    }
    List<Document> documents = folder(path, findings);
    if (documents.isEmpty() && findings.faults().isEmpty()) {
      findings.unreadable(
          place(path),
          "holds no configuration",
          "expected " + MAIN + ", or *.toml files in " + MORE);
    }
    return documents;
  }

  private List<Document> folder(Path folder, Findings findings) {
    var files = new ArrayList<Path>();
    if (Files.exists(real(folder.resolve(MAIN)))) {
      files.add(folder.resolve(MAIN));
    }
    Path more = folder.resolve(MORE);
    if (Files.isDirectory(real(more))) {
      try (Stream<Path> names = Files.list(real(more))) {
        names
            .map(path -> path.getFileName().toString())
            .filter(name -> name.endsWith(".toml") && !name.startsWith("."))
            .sorted()
            .forEach(name -> files.add(more.resolve(name)));
      } catch (IOException unreadable) {
        findings.unreadable(place(more), reason(unreadable), "expected a folder that can be read");
      }
    }
    return files.stream().flatMap(file -> read(file, findings).stream()).toList();
  }

  private Optional<Document> read(Path file, Findings findings) {
    try {
      Path folder = real(file).getParent();
      return Optional.of(
          new Document(file.toString(), folder == null ? real(file) : folder, text(real(file))));
    } catch (IOException unreadable) {
      findings.unreadable(
          place(file), reason(unreadable), "expected a TOML file that can be read, in UTF-8");
      return Optional.empty();
    }
  }

  /** The folder of {@code state_dir} where none is given. */
  String stateDir() {
    return surroundings
        .home()
        .filter(home -> Files.exists(home.resolve("pom.xml")))
        .map(checkout -> checkout.resolve("var").toString())
        .orElse("/var/lib/slipway");
  }

  /** Whether a deploy key can be used: git's ssh refuses one that others can read. */
  static void lookAtKey(Path key, Place place, String path, Findings findings) {
    if (!Files.isRegularFile(key) || !Files.isReadable(key)) {
      findings.fault(
          place,
          path,
          "found " + key + (Files.exists(key) ? ", which cannot be read" : ": no such file"),
          "expected a private key that this user can read");
      return;
    }
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(key);
      if (permissions.contains(PosixFilePermission.GROUP_READ)
          || permissions.contains(PosixFilePermission.OTHERS_READ)) {
        findings.warning(
            place, path, key + " can be read by others, and ssh refuses it: chmod 600 " + key);
      }
    } catch (IOException | UnsupportedOperationException unknown) {
      findings.warning(place, path, "the permissions of " + key + " are not known");
    }
  }

  /** The text of a file, without a byte order mark. */
  static String text(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(LIMIT + 1);
    }
    if (bytes.length > LIMIT) {
      throw new IOException("over " + LIMIT + " bytes");
    }
    String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  /** Why a file could not be read, in few words. */
  static String reason(IOException unreadable) {
    return switch (unreadable) {
      case NoSuchFileException _ -> "no such file";
      case AccessDeniedException _ -> "permission denied";
      case CharacterCodingException _ -> "not UTF-8";
      default -> "cannot be read: " + unreadable.getMessage();
    };
  }

  private Path real(Path path) {
    return surroundings.workingDirectory().resolve(path);
  }

  private Place place(Path path) {
    return new Place(path.toString(), 0, surroundings.workingDirectory());
  }
}
