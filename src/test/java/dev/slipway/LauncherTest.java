package dev.slipway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher, on a checkout with JDKs and a Maven made of a few lines of shell. Its usual places
 * for JDKs are moved below a folder of the test, and its PATH has no other java or mvn.
 */
@Timeout(60)
final class LauncherTest {
  /** What the launcher, its fakes and a JDK's own script call. */
  private static final List<String> TOOLS =
      List.of(
          "sh",
          "readlink",
          "find",
          "env",
          "mkdir",
          "mv",
          "cp",
          "rm",
          "chmod",
          "touch",
          "grep",
          "head",
          "tail",
          "sed",
          "flock",
          "sleep");

  @TempDir private Path root;
  private Path bin;
  private Path checkout;
  private Path launcher;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void makeABuiltCheckout() throws IOException {
    bin = Files.createDirectory(root.resolve("bin"));
    for (String tool : TOOLS) {
      program(bin.resolve(tool), "#!/bin/sh\nexec %s \"$@\"\n".formatted(installed(tool)));
    }
    checkout = Files.createDirectories(root.resolve("a checkout"));
    launcher = checkout.resolve("slipway");
    String script = Files.readString(Path.of("slipway"));
    for (String place : List.of("/usr/lib/jvm/", "/usr/java/", "/opt/java/", "/opt/jdk")) {
      assertTrue(script.contains(" " + place + "*"), place);
      script = script.replace(" " + place + "*", " " + root + place + "*");
    }
    program(launcher, script);
    Files.createDirectories(checkout.resolve("src/main"));
    Files.createDirectories(checkout.resolve("migrations"));
    Files.createDirectories(checkout.resolve("target/lib"));
    Files.writeString(checkout.resolve("target/slipway.jar"), "");
    change("pom.xml", Instant.now().minusSeconds(100));
    change("src/main/Some.java", Instant.now().minusSeconds(100));
    for (String folder : List.of("src/main", "migrations")) {
      Files.setLastModifiedTime(
          checkout.resolve(folder), FileTime.from(Instant.now().minusSeconds(100)));
    }
    environment.put("PATH", bin.toString());
    environment.put("HOME", root.resolve("home").toString());
  }

  @Test
  void javaHomeIsTakenWhereItIsNewEnough() throws Exception {
    Path home = jdk("elsewhere/jdk", "26.0.1");
    jdk("usr/lib/jvm/jdk-25", "25.0.3");
    environment.put("JAVA_HOME", home.toString());

    assertEquals(home.resolve("bin/java").toString(), launch().java());
  }

  @Test
  void anOlderJavaHomeIsPassedOverForTheOneOnThePath() throws Exception {
    environment.put("JAVA_HOME", jdk("elsewhere/old", "17.0.15").toString());
    Path newer = jdk("elsewhere/new", "25");
    link(root.resolve("alternative"), newer.resolve("bin/java"));
    link(bin.resolve("java"), root.resolve("alternative"));

    assertEquals(newer.resolve("bin/java").toString(), launch().java());
  }

  @Test
  void withAnOlderJavaOnThePathTheUsualPlacesAreSearched() throws Exception {
    link(bin.resolve("java"), jdk("usr/lib/jvm/java-17", "17.0.15").resolve("bin/java"));
    for (String place :
        List.of(
            "usr/lib/jvm/x",
            "usr/java/x",
            "opt/java/x",
            "opt/jdk-x",
            "home/.jdks/x",
            "home/.sdkman/candidates/java/x")) {
      Path home = jdk(place, "25.0.3");
      assertEquals(home.resolve("bin/java").toString(), launch().java());
      Files.delete(home.resolve("release"));
      Files.delete(home.resolve("bin/java"));
    }
  }

  @Test
  void ofSeveralJdksTheVersionNextToTheTestedOneIsTaken() throws Exception {
    jdk("usr/lib/jvm/a", "24.0.2");
    jdk("usr/lib/jvm/b", "27-ea");
    Path right = jdk("usr/lib/jvm/c", "25.0.3");
    jdk("usr/lib/jvm/d", "26");

    assertEquals(right.resolve("bin/java").toString(), launch().java());
  }

  @Test
  void aFolderWithoutAJavaInItIsNoJdk() throws Exception {
    Files.delete(jdk("usr/lib/jvm/broken", "25").resolve("bin/java"));
    Path right = jdk("usr/lib/jvm/whole", "26");

    assertEquals(right.resolve("bin/java").toString(), launch().java());
  }

  @Test
  void aJavaWithoutAReleaseFileIsAskedForItsVersion() throws Exception {
    program(
        bin.resolve("java"),
        """
        #!/bin/sh
        if [ "$1" = -version ]; then echo 'openjdk version "25.0.1" 2025-10-21' >&2; exit; fi
        printf '%s\\n' "$0" "$@"
        """);

    assertEquals(bin.resolve("java").toString(), launch().java());
  }

  @Test
  void withoutAJdkOneLineSaysWhatToInstall() throws Exception {
    link(bin.resolve("java"), jdk("usr/lib/jvm/java-17", "17.0.15").resolve("bin/java"));

    Run run = launch("status");

    assertEquals(69, run.exit());
    assertEquals("", run.out());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().startsWith("slipway: needs a JDK 25 or newer (found: 17 at "), run.err());
    assertTrue(run.err().contains("temurin-25-jdk"), run.err());
  }

  @Test
  void theProgramGetsTheArgumentsAsTheyWereWritten() throws Exception {
    jdk("usr/lib/jvm/x", "25");
    String[] arguments = {"deploy", "a b", "*", "", "--note", "$(id) \"'\\", "ü"};

    assertEquals(Arrays.asList(arguments), launch(arguments).arguments());
  }

  @Test
  void javaOptsAreWordsAfterTheLaunchersOwn() throws Exception {
    jdk("usr/lib/jvm/x", "25");
    environment.put("JAVA_OPTS", "-Xmx300m -Da=*");

    List<String> options = launch().options();

    assertTrue(options.containsAll(List.of("-Xmx300m", "-Da=*")), options.toString());
    assertTrue(options.indexOf("-Xmx300m") > options.indexOf("-Xmx160m"), options.toString());
  }

  @Test
  void aLinkWorksFromAnywhereAndTheWorkingDirectoryStays() throws Exception {
    jdk("usr/lib/jvm/x", "25");
    link(root.resolve("one"), launcher);
    Files.createSymbolicLink(bin.resolve("slipway"), Path.of("../one"));
    Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));

    Run run = runIn(elsewhere, List.of("sh", "-c", "exec slipway status"));

    assertEquals(elsewhere.toRealPath().toString(), run.workingDirectory());
    assertTrue(run.options().contains("-Dslipway.home=" + checkout), run.out());
    assertEquals(checkout.resolve("target/slipway.jar").toString(), run.jar());
  }

  @Test
  void theProgramTakesTheLaunchersProcess() throws Exception {
    jdk("usr/lib/jvm/x", "25");
    Process process = start(checkout, List.of(launcher.toString()));

    assertEquals(Long.toString(process.pid()), finish(process).pid());
  }

  @Test
  void whatIsBuiltIsStartedWithoutAWord() throws Exception {
    jdk("usr/lib/jvm/x", "25");
    maven("exit 1");

    assertEquals("", launch().err());
    assertEquals("", launch().err());
  }

  @Test
  void aMissingProgramIsBuiltWithTheJdkThatWasFound() throws Exception {
    Path home = jdk("usr/lib/jvm/x", "25");
    Files.delete(checkout.resolve("target/slipway.jar"));
    maven("echo \"$JAVA_HOME\" >home; echo noise; echo noise >&2; touch target/slipway.jar");

    Run run = launch("status");

    assertEquals(List.of("status"), run.arguments());
    assertTrue(run.err().startsWith("slipway: building ("), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
    assertEquals(home.toString(), Files.readString(checkout.resolve("home")).strip());
    assertEquals("noise\nnoise\n", Files.readString(checkout.resolve("target/build.log")));
  }

  @Test
  void theWrapperBuildsWhereThereIsNoMaven() throws Exception {
    jdk("usr/lib/jvm/x", "25");
    Files.delete(checkout.resolve("target/slipway.jar"));
    program(checkout.resolve("mvnw"), "#!/bin/sh\n: >target/slipway.jar\n");

    assertEquals(0, launch().exit());
  }

  @Test
  void aNewerSourceIsBuiltOnceAlsoWhereTheJarStaysTheSame() throws Exception {
    jdk("usr/lib/jvm/x", "25");
    maven("echo built >>builds");
    for (String source : List.of("src/main/Some.java", "migrations/V2__more.sql", "pom.xml")) {
      change(source, Instant.now().plusSeconds(1));
      Files.setLastModifiedTime(
          checkout.resolve("target/slipway.jar"), FileTime.from(Instant.now().minusSeconds(10)));
      assertTrue(launch().err().contains("building, since sources have changed"), source);
      change(source, Instant.now().minusSeconds(1));
      Files.setLastModifiedTime(
          checkout.resolve("migrations"), FileTime.from(Instant.now().minusSeconds(1)));
      assertEquals("", launch().err(), source);
    }
    assertEquals(3, Files.readAllLines(checkout.resolve("builds")).size());
  }

  @Test
  void aDaemonThatRunsKeepsItsJarWhenItIsBuiltAgain() throws Exception {
    jdk("usr/lib/jvm/x", "25");
    Path jar = checkout.resolve("target/slipway.jar");
    Path opened = root.resolve("opened");
    Files.createLink(opened, jar);
    maven("echo newer >target/slipway.jar");
    change("pom.xml", Instant.now().plusSeconds(1));

    launch();

    assertEquals("newer\n", Files.readString(jar));
    assertEquals("", Files.readString(opened));
  }

  @Test
  void aBuildThatFailsShowsWhyAndWhereTheLogIs() throws Exception {
    jdk("usr/lib/jvm/x", "25");
    Files.delete(checkout.resolve("target/slipway.jar"));
    maven("echo '[ERROR] Some.java:[3,1] no such thing'; echo '[ERROR] '; exit 1");

    Run run = launch("status");

    assertEquals(1, run.exit());
    assertEquals("", run.out());
    assertTrue(run.err().contains("  [ERROR] Some.java:[3,1] no such thing\n"), run.err());
    String log = checkout.resolve("target/build.log").toString();
    assertTrue(run.err().endsWith("the build failed; the whole log is " + log + "\n"), run.err());
  }

  @Test
  void launchersAtTheSameTimeBuildOnce() throws Exception {
    jdk("usr/lib/jvm/x", "25");
    Files.delete(checkout.resolve("target/slipway.jar"));
    // Ends when another launcher has said that it waits.
    maven(
        """
        echo built >>builds
        tries=0
        until grep -q waiting ../err-* || [ $tries -ge 500 ]; do
          tries=$((tries + 1))
          sleep 0.02
        done
        touch target/slipway.jar
        """);
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      ProcessBuilder builder = builder(checkout, List.of(launcher.toString(), "n" + i));
      builder.redirectError(root.resolve("err-" + i).toFile());
      processes.add(builder.start());
    }
    for (int i = 0; i < 3; i++) {
      assertEquals(List.of("n" + i), finish(processes.get(i)).arguments());
    }
    assertEquals(1, Files.readAllLines(checkout.resolve("builds")).size());
  }

  @Test
  void buildingNeedsACompiler() throws Exception {
    Files.delete(jdk("usr/lib/jvm/jre", "25").resolve("bin/javac"));
    assertEquals(0, launch().exit());
    Files.delete(checkout.resolve("target/slipway.jar"));

    Run run = launch();

    assertEquals(69, run.exit());
    assertTrue(run.err().contains("25 without its javac at"), run.err());
  }

  @Test
  void anInstalledLauncherNeverBuildsAndNamesNoCheckout() throws Exception {
    jdk("usr/lib/jvm/x", "25");
    maven("exit 1");
    Files.delete(checkout.resolve("pom.xml"));
    Files.move(checkout.resolve("target/slipway.jar"), checkout.resolve("slipway.jar"));

    Run run = launch("status");

    assertEquals(List.of("status"), run.arguments());
    assertEquals(checkout.resolve("slipway.jar").toString(), run.jar());
    assertEquals("", run.err());
    assertFalse(run.out().contains("-Dslipway.home"), run.out());
  }

  @Test
  void theClassArchiveIsMadeOncePerJavaAndJar() throws Exception {
    jdk("usr/lib/jvm/x", "25.0.3");
    Path jar = checkout.resolve("target/slipway.jar");
    Path archive = checkout.resolve("target/slipway-25.0.3+9.jsa");
    String option = "-XX:SharedArchiveFile=" + archive;

    assertTrue(launch().options().contains(option));
    assertTrue(launch().options().contains(option));
    assertEquals("made", Files.readString(archive));
    Files.writeString(archive, "older");
    Files.setLastModifiedTime(archive, FileTime.from(Instant.now().minusSeconds(50)));
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minusSeconds(40)));
    assertTrue(launch().options().contains(option));
    assertEquals("made", Files.readString(archive));
    try (Stream<Path> files = Files.list(checkout.resolve("target"))) {
      assertEquals(1, files.filter(file -> file.toString().contains(".jsa")).count());
    }
  }

  /** A JDK whose java prints its own path, process id and working directory, then its arguments. */
  private Path jdk(String place, String version) throws IOException {
    Path home = root.resolve(place);
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(
        home.resolve("release"),
        "IMPLEMENTOR=\"X\"\nJAVA_RUNTIME_VERSION=\"%s+9\"\nJAVA_VERSION=\"%s\"\n"
            .formatted(version, version));
    program(
        home.resolve("bin/java"),
        """
        #!/bin/sh
        for word; do
          case $word in -XX:ArchiveClassesAtExit=*) printf made >"${word#*=}" ;; esac
        done
        printf '%s\\n' "$0" "$$" "$(pwd)" "$@"
        """);
    program(home.resolve("bin/javac"), "#!/bin/sh\n");
    return home;
  }

  private void maven(String acts) throws IOException {
    program(bin.resolve("mvn"), "#!/bin/sh\n" + acts + "\n");
  }

  private void change(String source, Instant at) throws IOException {
    Path file = checkout.resolve(source);
    Files.writeString(file, "");
    Files.setLastModifiedTime(file, FileTime.from(at));
  }

  private static void program(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void link(Path link, Path target) throws IOException {
    Files.createSymbolicLink(link, target);
  }

  private static Path installed(String tool) {
    return Stream.of(System.getenv("PATH").split(":"))
        .map(folder -> Path.of(folder, tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(tool + " is not installed"));
  }

  private Run launch(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(launcher.toString());
    command.addAll(List.of(arguments));
    return runIn(checkout, command);
  }

  private Run runIn(Path folder, List<String> command) throws Exception {
    return finish(start(folder, command));
  }

  private Process start(Path folder, List<String> command) throws IOException {
    ProcessBuilder builder = builder(folder, command);
    return builder.redirectError(root.resolve("err").toFile()).start();
  }

  private ProcessBuilder builder(Path folder, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder;
  }

  private Run finish(Process process) throws Exception {
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    int exit = process.waitFor();
    Path err = root.resolve("err");
    return new Run(exit, out, Files.exists(err) ? Files.readString(err) : "");
  }

  /** What a run of the launcher gave; the words are those that the fake java printed. */
  private record Run(int exit, String out, String err) {
    List<String> words() {
      assertEquals(0, exit, err);
      return Arrays.asList(out.substring(0, out.length() - 1).split("\n", -1));
    }

    String java() {
      return words().get(0);
    }

    String pid() {
      return words().get(1);
    }

    String workingDirectory() {
      return words().get(2);
    }

    List<String> options() {
      return words().subList(3, words().indexOf("-jar"));
    }

    String jar() {
      return words().get(words().indexOf("-jar") + 1);
    }

    List<String> arguments() {
      return words().subList(words().indexOf("-jar") + 2, words().size());
    }
  }
}
