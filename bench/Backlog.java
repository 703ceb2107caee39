import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A state directory with very many waiting entries, as a long outage leaves one: each a small push
 * with an id and a name of its own.
 */
final class Backlog {
  /** Any moment in the past; the names count up from here, a microsecond apart. */
  private static final long FIRST = 1_763_706_000_000_000_000L;

  private final Path state;

  Backlog(Path state) {
    this.state = state;
  }

  /** Entries that nobody has routed yet. */
  void unrouted(int count, String repository, String commit) throws IOException {
    Path queue = Files.createDirectories(state.resolve("queues/dispatcher"));
    for (int i = 0; i < count; i++) {
      Files.write(queue.resolve(name(i)), entry(UUID.randomUUID().toString(), repository, commit));
    }
  }

  /** Entries that were routed to a deployment, with the notes that say so. */
  void routed(String slug, int count, String repository, String commit) throws IOException {
    Path queue = Files.createDirectories(state.resolve("queues").resolve(slug));
    Path marks = Files.createDirectories(state.resolve("routed").resolve(slug));
    for (int i = 0; i < count; i++) {
      String id = UUID.randomUUID().toString();
      Files.write(queue.resolve(name(i)), entry(id, repository, commit));
      Files.createSymbolicLink(marks.resolve(id), Path.of(name(i)));
    }
  }

  /** Holds a deployment back. */
  void pause(String slug) throws IOException {
    Files.writeString(state.resolve("queues").resolve(slug).resolve("paused"), "measured\n");
  }

  /** Lets it go on. */
  void resume(String slug) throws IOException {
    Files.delete(state.resolve("queues").resolve(slug).resolve("paused"));
  }

  /** How many entries wait in a queue. */
  long waiting(String queue) throws IOException {
    try (Stream<Path> files = Files.list(state.resolve("queues").resolve(queue))) {
      return files.filter(file -> file.toString().endsWith(".json")).count();
    }
  }

  private static String name(int number) {
    return String.format(Locale.ROOT, "%019d.json", FIRST + number * 1_000L);
  }

  private static byte[] entry(String id, String repository, String commit) {
    return """
        {"id":"%s","event":"push","received_at":"2025-11-21T06:20:00.000000000Z",\
        "source":"webhook","remote":"192.0.2.7","payload":\
        {"ref":"refs/heads/main","after":"%s","head_commit":{"id":"%2$s"},\
        "repository":{"full_name":"%s"}}}
        """
        .formatted(id, commit, repository)
        .getBytes(StandardCharsets.UTF_8);
  }
}
