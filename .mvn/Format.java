import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Holds the sources in google-java-format. {@code check} names the files that are not and exits 1,
 * {@code apply} rewrites them. Files older than the last complete pass are not looked at again: its
 * time is that of the mark file, whose name carries the formatter's version.
 *
 * <p>Run by the build: {@code java Format.java check|apply MARK FOLDER…}
 */
final class Format {
  private static final Formatter FORMATTER = new Formatter();

  private Format() {}

  public static void main(String[] arguments) throws IOException {
    boolean apply = arguments[0].equals("apply");
    Path mark = Path.of(arguments[1]);
    Instant begun = Instant.now();
    List<Path> sources = new ArrayList<>();
    for (String folder : List.of(arguments).subList(2, arguments.length)) {
      sources.addAll(changedSince(mark, Path.of(folder)));
    }
    List<Path> wrong = sources.parallelStream().filter(source -> differs(source, apply)).toList();
    for (Path source : wrong) {
      System.out.println((apply ? "formatted " : "not in the format: ") + source);
    }
    if (!wrong.isEmpty() && !apply) {
      System.out.println("./mvnw -q -Pformat formats them");
      System.exit(1);
    }
    Files.writeString(mark, "");
    Files.setLastModifiedTime(mark, FileTime.from(begun));
  }

  private static List<Path> changedSince(Path mark, Path folder) throws IOException {
    Instant last = Files.exists(mark) ? Files.getLastModifiedTime(mark).toInstant() : Instant.EPOCH;
    List<Path> changed = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (file.toString().endsWith(".java")
            && !Files.getLastModifiedTime(file).toInstant().isBefore(last)) {
          changed.add(file);
        }
      }
    }
    return changed;
  }

  private static boolean differs(Path source, boolean apply) {
    try {
      String before = Files.readString(source);
      String after = FORMATTER.formatSourceAndFixImports(before);
      if (apply && !before.equals(after)) {
        Files.writeString(source, after);
      }
      return !before.equals(after);
    } catch (FormatterException | IOException failed) {
      throw new UncheckedIOException(new IOException(source.toString(), failed));
    }
  }
}
