package dev.slipway.disk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The acts on files that the spool is made of; each is one point at which a crash may come. */
public interface Disk {
  /** Creates the directory and its parents where they are missing, on storage when it returns. */
  void createDirectories(Path directory) throws IOException;

  /**
   * Creates a file that must not exist, writes it whole and brings its content to storage. Where
   * the disk refuses, nothing is left of it.
   */
  void stage(Path file, byte[] content) throws IOException;

  /**
   * Renames within one file system. Where both names are one file already, {@code from} goes.
   *
   * @throws java.nio.file.FileAlreadyExistsException when {@code to} is taken
   * @throws java.nio.file.NoSuchFileException when {@code from} is gone
   */
  void move(Path from, Path to) throws IOException;

  /** Renames over whatever is at {@code to}, atomically. */
  void replace(Path from, Path to) throws IOException;

  /**
   * Gives a file a second name, a hard link.
   *
   * @throws java.nio.file.FileAlreadyExistsException when {@code name} is taken
   * @throws java.nio.file.NoSuchFileException when {@code file} is gone
   */
  void link(Path file, Path name) throws IOException;

  /**
   * Makes a symbolic link whose text is {@code target}; it is a note, nobody follows it.
   *
   * @throws java.nio.file.FileAlreadyExistsException when {@code note} is taken
   */
  void note(Path note, String target) throws IOException;

  /** The text of a note made by {@link #note}; absent where there is none of this name. */
  Optional<String> readNote(Path note) throws IOException;

  /** Brings the names in a directory to storage. */
  void sync(Path directory) throws IOException;

  /**
   * The names in a directory, of files and of subdirectories, in no order; a missing directory has
   * none. Names that are no text are left out. What changes meanwhile may be listed or not: only
   * what is there from the beginning to the end is listed for certain.
   */
  List<String> list(Path directory) throws IOException;

  /** Whether this is a directory, and not a link to one. */
  boolean isDirectory(Path path) throws IOException;

  /**
   * Opens a regular file for reading; a symbolic link is not followed.
   *
   * @throws java.nio.file.NoSuchFileException when it is gone
   * @throws UnreadableFile when it is no regular file or over {@code limit} bytes
   * @throws java.nio.file.AccessDeniedException when this user may not read it
   */
  InputStream open(Path file, long limit) throws IOException;

  /** The whole content of a small file; what {@link #open} throws, this throws too. */
  default byte[] read(Path file, long limit) throws IOException {
    try (InputStream in = open(file, limit)) {
      return in.readAllBytes();
    }
  }

  /** Whether something of this name is there, be it a dangling link. */
  boolean exists(Path path) throws IOException;

  /** Whether both names are the same file; false where either is gone. */
  boolean isSameFile(Path one, Path other) throws IOException;

  /** When the file was last written; absent where it is gone. */
  Optional<Instant> modified(Path file) throws IOException;

  /** The bytes of a file; 0 where it is gone. */
  long size(Path file) throws IOException;

  /** Removes a file or note; says whether it was there. */
  boolean delete(Path file) throws IOException;

  /**
   * The bytes that may still be written to the file system that holds {@code path}.
   *
   * @throws java.nio.file.NoSuchFileException when nothing is there
   */
  long usableBytes(Path path) throws IOException;

  /**
   * Whether the file system that holds {@code path} is mounted for reading only.
   *
   * @throws java.nio.file.NoSuchFileException when nothing is there
   */
  boolean isReadOnly(Path path) throws IOException;
}
