package dev.slipway.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A state directory as an operator sees it with {@code ls}, {@code cat} and {@code mv}. */
record State(Path root) {
  private static final ObjectMapper JSON = new ObjectMapper();

  Path queue(String queue) {
    return root.resolve("queues").resolve(queue);
  }

  List<String> waiting(String queue) throws IOException {
    return entries(queue(queue));
  }

  List<String> active(String queue) throws IOException {
    return entries(queue(queue).resolve("active"));
  }

  List<String> failed(String queue) throws IOException {
    return entries(queue(queue).resolve("failed"));
  }

  List<String> corrupt() throws IOException {
    return entries(queue("dispatcher").resolve("corrupt"));
  }

  List<String> kept() throws IOException {
    return entries(root.resolve("events"));
  }

  private static List<String> entries(Path directory) throws IOException {
    return list(directory).stream()
        .filter(name -> name.matches("[0-9]{19}\\.json(\\.[0-9]+)?|[a-z][a-z-]*\\.json"))
        .toList();
  }

  private static List<String> list(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (NoSuchFileException none) {
      return List.of();
    }
  }

  /** Whether nothing waits and nothing runs, anywhere. */
  boolean isIdle() throws IOException {
    for (String queue : list(root.resolve("queues"))) {
      if (!waiting(queue).isEmpty() || !active(queue).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** Why a failed entry was given up. */
  String reason(String queue, String entry) throws IOException {
    return Files.readString(queue(queue).resolve("failed").resolve(entry + ".reason"));
  }

  String corruptReason(String entry) throws IOException {
    return Files.readString(queue("dispatcher").resolve("corrupt").resolve(entry + ".reason"));
  }

  /** Lets a file appear whole in a queue, as operators are told to do it. */
  void drop(String queue, String entry, String content) throws IOException {
    Files.createDirectories(queue(queue));
    Path hidden = queue(queue).resolve(".new");
    Files.writeString(hidden, content);
    Files.move(hidden, queue(queue).resolve(entry), StandardCopyOption.ATOMIC_MOVE);
  }

  /** The messages of a release. */
  List<JsonNode> log(String slug, int release) throws IOException {
    List<JsonNode> messages = new ArrayList<>();
    for (String line :
        Files.readAllLines(root.resolve("logs/" + slug + "/" + release + ".ndjson"))) {
      messages.add(JSON.readTree(line));
    }
    return messages;
  }

  /** The texts of a release's messages of one kind, such as {@code completed}. */
  List<String> log(String slug, int release, String type) throws IOException {
    return log(slug, release).stream()
        .map(message -> message.get("body"))
        .filter(body -> body.get("type").asText().equals(type))
        .map(body -> body.get("data").asText())
        .toList();
  }
}
