package dev.slipway.checkout;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The acts on files and folders that a checkout needs beside git, on the deployment's path and in
 * the object store. Beside {@code disk} the only place that uses {@link Files}: these are not the
 * spool's files, and nothing here has to be crashed at every step, since a checkout recovers from
 * whatever it finds.
 */
final class CheckoutFiles {
  private static final int SMALL = 1 << 20;
  private static final int NAMED = 20;
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rwx------");

  private CheckoutFiles() {}

  static void createDirectories(Path directory) throws IOException {
    Files.createDirectories(directory);
  }

  /** The names in a directory, sorted; none where it is missing. */
  static List<String> list(Path directory) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      entries.forEach(entry -> names.add(entry.getFileName().toString()));
    } catch (NoSuchFileException missing) {
      return List.of();
    } catch (DirectoryIteratorException failed) {
      throw failed.getCause();
    }
    return names.stream().sorted().toList();
  }

  /** Whether something of this name is there, be it a dangling link. */
  static boolean exists(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** Whether this is a directory, or a link to one. */
  static boolean isDirectory(Path path) {
    return Files.isDirectory(path);
  }

  /** The text of a small file; empty where there is none. */
  static Optional<String> read(Path file) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) > SMALL) {
      return Optional.empty();
    }
    // Not readString: a configuration may hold paths that are no UTF-8.
    return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
  }

  /** Puts a file there whole or not at all. */
  static void write(Path file, String text) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(draft, text);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Gives a file another name on the same file system, in place of whatever has it. */
  static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Where a symbolic link leads; empty where this is none. */
  static Optional<Path> readLink(Path link) throws IOException {
    try {
      return Optional.of(Files.readSymbolicLink(link));
    } catch (NotLinkException | NoSuchFileException none) {
      return Optional.empty();
    }
  }

  /** Makes a symbolic link in place of whatever has its name. */
  static void link(Path link, Path target) throws IOException {
    delete(link);
    Files.createSymbolicLink(link, target);
  }

  /** Points a symbolic link somewhere else, atomically and durably. */
  static void switchLink(Path link, Path target) throws IOException {
    Path draft = link.resolveSibling("." + link.getFileName() + ".new");
    Files.deleteIfExists(draft);
    Files.createSymbolicLink(draft, target);
    Files.move(draft, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel directory = FileChannel.open(link.getParent(), StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  /** Removes a file, a link (not what it leads to) or a directory with all that is in it. */
  static void delete(Path path) throws IOException {
    if (!exists(path)) {
      return;
    }
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            // Build tools leave folders that not even their owner may write to.
            if (!Files.isWritable(directory)) {
              Files.setPosixFilePermissions(directory, OWNER);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failed)
              throws IOException {
            if (failed != null) {
              throw failed;
            }
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** The first of some files' names, and how many more there are. */
  static String some(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
    return names.size() > NAMED ? first + " and " + (names.size() - NAMED) + " more" : first;
  }

  /** What went wrong, as a clause for an operator. */
  static String describe(IOException failed) {
    return switch (failed) {
      case AccessDeniedException denied -> denied.getFile() + ": permission denied";
      case NoSuchFileException gone -> gone.getFile() + " is missing";
      case FileAlreadyExistsException taken -> taken.getFile() + " is no directory";
      case NotDirectoryException file -> file.getFile() + " is no directory";
      case FileSystemException other -> other.getFile() + ": " + other.getReason();
      default -> String.valueOf(failed.getMessage());
    };
  }
}
