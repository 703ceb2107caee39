package dev.slipway.disk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The local file system. A directory is synced by opening it for reading and forcing the channel,
 * which on Linux is fsync(2) on the directory.
 */
public final class RealDisk implements Disk {
  private static final Set<StandardOpenOption> NEW_FILE =
      EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  // Payloads of private repositories: nobody but the owner and its group reads them.
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-r-----");
  private static final Set<PosixFilePermission> DIRECTORY =
      PosixFilePermissions.fromString("rwxr-x---");

  private static final int SLICE = 64 << 10;

  @Override
  public void createDirectories(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Path parent = directory.toAbsolutePath().getParent();
    if (parent != null) {
      createDirectories(parent);
    }
    try {
      Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(DIRECTORY));
    } catch (FileAlreadyExistsException taken) {
      // Another process may have been quicker; a file in its place is a fault.
      if (!Files.isDirectory(directory)) {
        throw taken;
      }
    }
    if (parent != null) {
      sync(parent);
    }
  }

  @Override
  public void stage(Path file, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, NEW_FILE, PosixFilePermissions.asFileAttribute(FILE))) {
      fill(file, channel, content);
    }
  }

  private static void fill(Path file, FileChannel channel, byte[] content) throws IOException {
    boolean whole = false;
    try {
      // In slices: the platform copies what it writes into memory of its own, and keeps that.
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.position() < content.length) {
        rest.limit(Math.min(content.length, rest.position() + SLICE));
        channel.write(rest);
      }
      channel.force(true);
      whole = true;
    } finally {
      if (!whole) {
        // On a full disk, what could not be finished must not take what room is left.
        Files.deleteIfExists(file);
      }
    }
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    // rename(2) would replace what is there, and would leave both names where they are one file.
    // Looking first is enough. Of Slipway's own acts no two make one name at a time: names are
    // given
    // once, and what moves an entry under its name has it claimed, or finds it in one place only.
    // An operator's mv may come in between, and would replace ours as well if it came a moment
    // later; no way to rename here could keep it from that. A hard link in place of the rename
    // could be refused for what an operator put here (fs.protected_hardlinks), and cut in two.
    if (exists(to)) {
      if (!isSameFile(from, to)) {
        throw exists(from)
            ? new FileAlreadyExistsException(to.toString())
            : new NoSuchFileException(from.toString());
      }
      Files.delete(from);
      return;
    }
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException impossible) {
      throw new FileSystemException(from.toString(), to.toString(), "not on one file system");
    }
  }

  @Override
  public void replace(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void link(Path file, Path name) throws IOException {
    Files.createLink(name, file);
  }

  @Override
  public void note(Path note, String target) throws IOException {
    Files.createSymbolicLink(note, Path.of(target));
  }

  @Override
  public Optional<String> readNote(Path note) throws IOException {
    try {
      return Optional.of(Files.readSymbolicLink(note).toString());
    } catch (NoSuchFileException | NotLinkException none) {
      return Optional.empty();
    }
  }

  @Override
  public void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public List<String> list(Path directory) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        // What is no text in this system's encoding could not be named again.
        if (name.indexOf('\ufffd') < 0) {
          names.add(name);
        }
      }
    } catch (NoSuchFileException missing) {
      return List.of();
    } catch (DirectoryIteratorException failed) {
      throw failed.getCause();
    }
    return names;
  }

  @Override
  public boolean isDirectory(Path path) {
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public InputStream open(Path file, long limit) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isRegularFile()) {
      throw new UnreadableFile(file, "it is not a regular file");
    }
    if (attributes.size() > limit) {
      throw new UnreadableFile(
          file, "it has " + attributes.size() + " bytes, more than " + limit + " are read");
    }
    return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public boolean exists(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public boolean isSameFile(Path one, Path other) throws IOException {
    try {
      return identity(one).equals(identity(other));
    } catch (NoSuchFileException gone) {
      return false;
    }
  }

  /** Device and inode; of a symbolic link its own, not those of what it points to. */
  private static Object identity(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .fileKey();
  }

  @Override
  public Optional<Instant> modified(Path file) throws IOException {
    try {
      return Optional.of(Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant());
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    }
  }

  @Override
  public long size(Path file) throws IOException {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .size();
    } catch (NoSuchFileException gone) {
      return 0;
    }
  }

  @Override
  public boolean delete(Path file) throws IOException {
    return Files.deleteIfExists(file);
  }

  @Override
  public long usableBytes(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString());
    }
    // One system call; a file store has to find its line in the table of mounts first.
    long usable = path.toFile().getUsableSpace();
    return usable > 0 ? usable : Files.getFileStore(path).getUsableSpace();
  }

  @Override
  public boolean isReadOnly(Path path) throws IOException {
    try {
      // Of the mount that the path leads to now: several may lie over each other.
      path.getFileSystem().provider().checkAccess(path, AccessMode.WRITE);
      return false;
    } catch (AccessDeniedException othersMay) {
      return false;
    } catch (NoSuchFileException gone) {
      throw gone;
    } catch (FileSystemException refused) {
      // EROFS, for which the platform has no exception of its own.
      return true;
    }
  }
}
