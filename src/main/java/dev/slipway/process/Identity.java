package dev.slipway.process;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Whom this process acts as. A command that root runs becomes the owner of the state directory
 * first, for good, so that it leaves nothing there that the daemon cannot write.
 */
public final class Identity {
  private static final Path SELF = Path.of("/proc/self");

  private Identity() {}

  /** Whether this process may do anything. */
  public static boolean isRoot() throws IOException {
    return owner(SELF, "unix:uid") == 0;
  }

  /**
   * Where this process is root's and the directory is not, becomes the directory's owner: user,
   * group and the owner's supplementary groups. Otherwise, and where there is no directory, does
   * nothing.
   *
   * @throws IOException when the owner cannot be looked up or become
   */
  public static void becomeOwnerOf(Path directory) throws IOException {
    if (!Files.isDirectory(directory) || !isRoot()) {
      return;
    }
    int user = owner(directory, "unix:uid");
    if (user == 0) {
      return;
    }
    int group = owner(directory, "unix:gid");
    String name = Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS).getName();
    // The C library's functions change every thread of the process, as POSIX demands.
    try (Arena arena = Arena.ofConfined()) {
      MethodHandle groups = Posix.link("initgroups", JAVA_INT, ADDRESS, JAVA_INT);
      MethodHandle setGroup = Posix.link("setresgid", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
      MethodHandle setUser = Posix.link("setresuid", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
      if ((int) groups.invokeExact(arena.allocateFrom(name), group) != 0
          || (int) setGroup.invokeExact(group, group, group) != 0
          || (int) setUser.invokeExact(user, user, user) != 0) {
        throw new IOException("cannot become " + name + ", the owner of " + directory);
      }
    } catch (IOException refused) {
      throw refused;
    } catch (Throwable thrown) {
      throw Posix.broken(thrown);
    }
  }

  private static int owner(Path path, String attribute) throws IOException {
    // A link: /proc/self is one, and what it names belongs to this process.
    return (int) Files.getAttribute(path, attribute);
  }
}
