package dev.slipway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds the packages to their ranks, and each platform and third-party API to its places. {@link
 * #PLACES} is the whole rule: a package depends on lower ranks only, so there is no cycle, and uses
 * an API only where the list says so. A new package, library or exception is a line there.
 */
final class ArchitectureTest {
  private static final String BASE = "dev.slipway.";

  /** All packages from the lowest up. Below {@code recipe} each package is a recipe. */
  private static final List<Place> PLACES =
      List.of(
          new Place(0, "vocabulary"),
          new Place(1, "plan"),
          new Place(1, "disk", Api.FILES),
          new Place(1, "time", Api.CLOCK),
          // Files: /proc. Threads: one per running program, which reads its output.
          new Place(2, "process", Api.PROCESSES, Api.NATIVE, Api.FILES, Api.THREADS),
          new Place(3, "event", Api.JACKSON),
          new Place(4, "spool", Api.WATCHER),
          // JDK logging: a DataSource names its logger.
          new Place(4, "ledger", Api.DATABASES, Api.JDK_LOGGING),
          // Files: the kernel's file locks. Processes: the holder's own id, for operators.
          new Place(4, "lock", Api.REDIS, Api.FILES, Api.PROCESSES),
          // Files: the trees, which are git's and the steps' as much as Slipway's.
          new Place(4, "checkout", Api.FILES),
          // Threads: one per request.
          new Place(5, "intake", Api.HTTP_SERVER, Api.THREADS),
          new Place(5, "dispatch"),
          // Files: the log of a release, which is appended to and read as it grows.
          new Place(5, "deploy", Api.FILES),
          new Place(5, "reconcile"),
          new Place(5, "housekeeping"),
          new Place(5, "recipe"),
          new Place(5, "github", Api.HTTP_CLIENT),
          new Place(6, "status"),
          // Threads: one per request.
          new Place(7, "dashboard", Api.HTTP_SERVER, Api.THREADS),
          // Files: the configuration, whose folders are the operator's.
          new Place(8, "config", Api.JACKSON, Api.FILES),
          // Clock: handed from here to everyone.
          new Place(9, "app", Api.THREADS, Api.CLOCK, Api.SIGNALS, Api.LOG_SETUP, Api.JDK_LOGGING),
          // Clock: handed to what a command works on. Files: standard output and error.
          new Place(10, "cli", Api.COMMAND_LINE, Api.CLOCK, Api.FILES));

  /** Which packages below {@code recipe} may be seen from there: the API of a recipe. */
  private static final Set<String> SEEN_BY_RECIPES = Set.of("vocabulary", "plan");

  private static final JavaClasses CLASSES = compiledClasses();

  /**
   * What is not for everybody. A name is a type, a package with all below it ({@code ..}), or a
   * method ({@code #}). Of the JDK the rest of java.base is for everybody.
   */
  private enum Api {
    FILES(
        "java.nio.file.Files",
        "java.nio.channels.FileChannel",
        "java.nio.channels.AsynchronousFileChannel",
        "java.io.File",
        "java.io.FileInputStream",
        "java.io.FileOutputStream",
        "java.io.FileReader",
        "java.io.FileWriter",
        "java.io.RandomAccessFile"),
    PROCESSES("java.lang.ProcessBuilder", "java.lang.ProcessHandle", "java.lang.Runtime#exec"),
    NATIVE("java.lang.foreign.."),
    CLOCK(
        "java.lang.Thread#sleep",
        "java.util.concurrent.TimeUnit#sleep",
        "java.lang.System#currentTimeMillis",
        "java.lang.System#nanoTime",
        "java.time.Instant#now",
        "java.time.LocalDate#now",
        "java.time.LocalDateTime#now",
        "java.time.OffsetDateTime#now",
        "java.time.ZonedDateTime#now",
        "java.time.Clock#system",
        "java.time.Clock#systemUTC",
        "java.time.Clock#systemDefaultZone",
        "java.time.InstantSource#system",
        "java.util.Date"),
    THREADS(
        "java.lang.Thread#<init>",
        "java.lang.Thread#start",
        "java.lang.Thread#startVirtualThread",
        "java.lang.Thread#ofVirtual",
        "java.lang.Thread#ofPlatform",
        "java.util.Timer",
        "java.util.concurrent.Executors",
        "java.util.concurrent.ForkJoinPool",
        "java.util.concurrent.ThreadPoolExecutor",
        "java.util.concurrent.CompletableFuture#runAsync",
        "java.util.concurrent.CompletableFuture#supplyAsync"),
    SIGNALS("sun.misc.Signal", "sun.misc.SignalHandler"),
    JACKSON("com.fasterxml.jackson.."),
    WATCHER("io.methvin.."),
    DATABASES(
        "java.sql..",
        "javax.sql..",
        "jakarta.persistence..",
        "org.hibernate..",
        "org.flywaydb..",
        "com.zaxxer.hikari..",
        "org.postgresql..",
        "org.sqlite.."),
    REDIS("redis.clients.."),
    HTTP_SERVER("io.undertow..", "org.xnio.."),
    HTTP_CLIENT("java.net.http.."),
    LOG_SETUP("ch.qos.logback.."),
    JDK_LOGGING("java.util.logging.."),
    COMMAND_LINE("picocli..");

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<String> names;

    Api(String... names) {
      this.names = List.of(names);
    }

    boolean hasType(JavaClass type) {
      return names.stream().anyMatch(name -> isWithin(type.getName(), name));
    }

    boolean hasMethod(JavaAccess<?> access) {
      String method = access.getTargetOwner().getName() + "#" + access.getName();
      return names.contains(method);
    }

    private static boolean isWithin(String type, String name) {
      return name.endsWith("..")
          ? type.startsWith(name.substring(0, name.length() - 1))
          : type.equals(name) || type.startsWith(name + "$");
    }
  }

  private record Place(int rank, String name, Set<Api> uses) {
    Place(int rank, String name, Api... uses) {
      this(rank, name, Set.of(uses));
    }
  }

  @Test
  void everyPackageHasItsRank() {
    assertNone(
        CLASSES.stream()
            .filter(type -> placeOf(type).isEmpty())
            .map(type -> type.getPackageName() + " has no rank; PLACES lists the packages"));
  }

  @Test
  void dependenciesGoDownInRank() {
    assertNone(
        dependencies()
            .filter(dependency -> isOurs(dependency.getTargetClass()))
            .filter(dependency -> !mayDepend(dependency))
            .map(Dependency::getDescription));
  }

  @Test
  void eachApiIsUsedInItsPlacesOnly() {
    Stream<String> types =
        dependencies()
            .filter(dependency -> !isOurs(dependency.getTargetClass()))
            .filter(dependency -> !mayUse(dependency.getOriginClass(), dependency.getTargetClass()))
            .map(Dependency::getDescription);
    Stream<String> methods =
        CLASSES.stream()
            .flatMap(type -> type.getAccessesFromSelf().stream())
            .filter(access -> !mayUse(access.getOriginOwner(), api -> api.hasMethod(access)))
            .map(JavaAccess::getDescription);
    assertNone(Stream.concat(types, methods));
  }

  @Test
  void namesSayWhatAThingIs() {
    assertNone(
        CLASSES.stream()
            .map(JavaClass::getSimpleName)
            .filter(name -> name.matches(".*(Manager|Service|Utils?|Helper|Impl)")));
  }

  @Test
  void recordsHaveNoGetters() {
    assertNone(
        CLASSES.stream()
            .filter(JavaClass::isRecord)
            .flatMap(type -> type.getMethods().stream())
            .filter(method -> method.getName().matches("get[A-Z].*"))
            .map(JavaMethod::getFullName));
  }

  @Test
  void everyPackageIsNullMarkedInItsPackageInfo() {
    Set<String> packages = new TreeSet<>();
    CLASSES.forEach(type -> packages.add(type.getPackageName()));
    assertNone(
        packages.stream()
            .filter(name ->
                CLASSES.stream()
                    .noneMatch(type ->
                        type.getName().equals(name + ".package-info")
                            && type.isAnnotatedWith("org.jspecify.annotations.NullMarked"))));
  }

  private static JavaClasses compiledClasses() {
    // The names of what is used are enough; reading the libraries would take most of the time.
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    return new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages("dev.slipway");
  }

  private static Stream<Dependency> dependencies() {
    assertFalse(CLASSES.isEmpty());
    return CLASSES.stream().flatMap(type -> type.getDirectDependenciesFromSelf().stream());
  }

  private static boolean mayDepend(Dependency dependency) {
    JavaClass from = dependency.getOriginClass();
    JavaClass to = dependency.getTargetClass().getBaseComponentType();
    if (from.getPackageName().equals(to.getPackageName())) {
      return true;
    }
    Optional<Place> origin = placeOf(from);
    Optional<Place> target = placeOf(to);
    if (origin.isEmpty() || target.isEmpty()) {
      return true; // everyPackageHasItsRank names them
    }
    return origin.get().name().equals("recipe")
        ? SEEN_BY_RECIPES.contains(target.get().name())
        : origin.get().rank() > target.get().rank();
  }

  /** Whether a type of the JDK or a library may be used in a class of ours. */
  private static boolean mayUse(JavaClass from, JavaClass used) {
    JavaClass type = used.getBaseComponentType();
    if (type.isPrimitive() || type.getPackageName().equals("org.jspecify.annotations")) {
      return true;
    }
    if (Arrays.stream(Api.values()).anyMatch(api -> api.hasType(type))) {
      return mayUse(from, api -> api.hasType(type));
    }
    boolean logs = placeOf(from).filter(place -> place.rank() >= 2).isPresent();
    return isJavaBase(type) || (logs && type.getPackageName().equals("org.slf4j"));
  }

  /** Whether every API that has it is listed for the package of the class. */
  private static boolean mayUse(JavaClass from, Predicate<Api> has) {
    Set<Api> uses = placeOf(from).map(Place::uses).orElse(Set.of());
    return Arrays.stream(Api.values()).filter(has).allMatch(uses::contains);
  }

  private static boolean isJavaBase(JavaClass type) {
    return Object.class.getModule().isExported(type.getPackageName());
  }

  private static boolean isOurs(JavaClass type) {
    return type.getBaseComponentType().getPackageName().startsWith("dev.slipway");
  }

  private static Optional<Place> placeOf(JavaClass type) {
    String name = type.getPackageName();
    return PLACES.stream()
        .filter(place ->
            name.equals(BASE + place.name())
                || (place.name().equals("recipe") && name.startsWith(BASE + "recipe.")))
        .findFirst();
  }

  private static void assertNone(Stream<String> faults) {
    assertEquals("", String.join("\n", new TreeSet<>(faults.toList())));
  }
}
