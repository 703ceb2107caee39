package dev.slipway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.checkout.Target;
import dev.slipway.deploy.Deployment;
import dev.slipway.plan.Command;
import dev.slipway.plan.Step;
import dev.slipway.recipe.steps.StepsRecipe;
import dev.slipway.vocabulary.Secret;
import dev.slipway.vocabulary.Slug;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeploymentTest {
  private static Deployment deployment(String keys) {
    return Written.website(keys).config().deployments().getFirst();
  }

  @Test
  void whatIsLeftOutHasItsDefault() {
    Config config = Written.of(Written.WEBSITE).config();
    Deployment website = config.deployment(new Slug("website")).orElseThrow();
    assertEquals("https://github.com/example/website.git", website.origin().url());
    assertEquals(Optional.empty(), website.origin().sshKey());
    assertEquals(new Target(Path.of("/srv/website"), Target.Style.IN_PLACE, 5), website.target());
    assertEquals(1, website.conditions().tries().attempts());
    assertEquals(Duration.ofSeconds(10), website.conditions().tries().backoff());
    assertEquals(Duration.ofMinutes(30), website.conditions().timeout());
    assertEquals(List.of(), website.conditions().locks());
    assertEquals("branch main", config.routes().getFirst().trigger().describe());
    assertTrue(config.route(new Slug("website")).orElseThrow().enabled());
  }

  @Test
  void aStepIsATextAListOrATable() {
    var steps =
        deployment(
                """
                steps = ["make build", ["rsync", "-a", ""], { run = ["x"], timeout = "2m" },
                  { run = "make smoke", env = { X = "1" } }]\
                """)
            .recipe();
    assertEquals(
        new StepsRecipe(
            List.of(
                Step.Run.of(new Command.Shell("make build")),
                Step.Run.of(new Command.Words(List.of("rsync", "-a", ""))),
                new Step.Run(
                    new Command.Words(List.of("x")), Optional.of(Duration.ofMinutes(2)), Map.of()),
                new Step.Run(new Command.Shell("make smoke"), Optional.empty(), Map.of("X", "1")))),
        steps);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          repository = "website"                       | repository: found "website"; expected owner/name
          branch = "refs/heads/main"                   | branch: found "refs/heads/main"; expected the short name of a branch
          branch = "a..b"                              | branch: found "a..b"; expected the short name of a branch
          branch = "main"\\ntag = "v*"                 | tag: found "v*", which is not supported by this version yet; expected it to be left out
          release = true                               | release: is not supported by this version yet; expected false
          workflow = "CI"                              | workflow: found "CI", which is not supported by this version yet
          enabled = "yes"                              | enabled: found "yes"; expected true or false
          path = "website"                             | path: found "website"; expected an absolute path
          path = "/var/lib/slipway/site"               | path: found "/var/lib/slipway/site"; expected a folder that neither holds nor lies in that of state_dir, /var/lib/slipway
          path = "/var/lib/../lib"                     | path: found "/var/lib"; expected a folder that neither holds
          checkout = "in_place"                        | checkout: found "in_place"; expected "in-place" or "releases"
          keep_releases = 0                            | keep_releases: found 0; expected a whole number from 1
          paths = ["**"]                               | paths: is not supported by this version yet; expected it to be left out
          messages = ["**"]                            | messages: is not supported by this version yet
          authors = ["**"]                             | authors: is not supported by this version yet
          require_checks = ["build"]                   | require_checks: is not supported by this version yet
          attempts = 0                                 | attempts: found 0; expected a whole number from 1
          retry_backoff = 10                           | retry_backoff: found 10; expected a duration
          timeout = "0s"                               | timeout: found "0s"; expected a duration longer than 0
          locks = ["Build"]                            | locks[0]: found "Build"; expected the name of a lock
          env = "A=1"                                  | env: found a text; expected a table
          env = { PORT = 8080 }                        | env.PORT: found a whole number; expected a text: put it in quotes
          env = { DEBUG = true }                       | env.DEBUG: found true or false; expected a text: put it in quotes
          env = { "A-B" = "hunter2" }                  | env.A-B: not the name of a variable; expected letters
          env = { SLIPWAY_REF = "hunter2" }            | env.SLIPWAY_REF: a variable that Slipway sets itself; expected
          env = { A = "hunter2\\u0000" }               | env.A: found a text; expected a text
          recipe = "node"                              | recipe: found "node", which is not supported by this version yet; expected "steps"
          recipe = "No Recipe"                         | recipe: found "No Recipe"
          steps = "hunter2"                            | steps: found a text; expected a list of steps
          steps = []                                   | steps: found an empty list; expected a list of steps
          steps = ["  "]                               | steps[0]: found an empty text, or one with a NUL
          steps = ["a", []]                            | steps[1]: found a list without a command; expected a command
          steps = [["a", 1]]                           | steps[0][1]: found a whole number; expected a word in quotes
          steps = [5]                                  | steps[0]: found a whole number; expected a step
          steps = [{ timeout = "1s" }]                 | steps[0].run: missing; expected a command
          steps = [{ run = "hunter2", tiemout = "1s" }] | steps[0].tiemout: unknown key; did you mean "timeout"?
          steps = [{ run = "hunter2", timeout = 5 }]   | steps[0].timeout: found 5; expected a duration longer
          steps = [{ run = "hunter2", env = { A = 5 } }] | steps[0].env.A: found a whole number; expected a text
          health = "http://127.0.0.1/"                 | health: found a text; expected a table
          health = { url = "http://127.0.0.1/" }       | health: is not supported by this version yet
          brnach = "x"                                 | brnach: unknown key; did you mean "branch"?
          max_running = 2                              | max_running: unknown key; did you mean "max_running" before the first [table]?
          """)
  void aValueThatDoesNotSuitIsAFault(String keys, String expected) {
    List<String> faults =
        Written.website(keys.replace("\\n", "\n")).faults().stream()
            .map(fault -> fault.replaceFirst(":[0-9]+: ", ": "))
            .toList();
    assertTrue(
        faults.stream()
            .anyMatch(
                fault -> fault.startsWith("config/slipway.toml: deployments.website." + expected)),
        faults.toString());
    assertFalse(faults.toString().contains("hunter2"), faults.toString());
  }

  @Test
  void whatIsMissingIsNamedAtTheDeploymentsHeader() {
    List<String> faults = Written.of("\n[deployments.website]\n").faults();
    assertEquals(
        List.of("repository", "path", "branch", "steps"),
        faults.stream()
            .map(fault ->
                fault.replaceAll(
                    "config/slipway.toml:2: deployments.website.(\\w+): missing; expected .*",
                    "$1"))
            .toList());
  }

  @Test
  void oneTriggerStartsADeploymentAndBranchNarrowsAWorkflow() {
    assertTrue(
        Written.website("branch = \"main\"\ntag = \"v*\"").faults().stream()
            .anyMatch(
                fault -> fault.contains("tag: found beside \"branch\"; expected one trigger")));
    assertTrue(
        Written.website("branch = \"main\"\nworkflow = \"CI\"").faults().stream()
            .noneMatch(fault -> fault.contains("expected one trigger")));
  }

  @Test
  void aKeyThatAsksForWhatThisVersionDoesAnywayIsTaken() {
    assertEquals(List.of(), Written.website("release = false").faults());
  }

  @Test
  void aHealthCheckIsAnAddressOrACommand() {
    for (String health : List.of("{ }", "{ url = \"http://h/\", command = \"x\" }")) {
      assertTrue(
          Written.website("health = " + health).faults().stream()
              .anyMatch(fault -> fault.endsWith("expected one of the two")),
          health);
    }
  }

  @Test
  void noTwoDeploymentsShareOrNestTheirFolders() {
    List<String> faults =
        Written.of(
                Written.WEBSITE
                    + Written.WEBSITE
                        .replace("deployments.website", "deployments.same")
                        .replace("/srv/website", "/srv/x/../website/")
                    + Written.WEBSITE
                        .replace("deployments.website", "deployments.inner")
                        .replace("/srv/website", "/srv/website/inner")
                    + Written.WEBSITE
                        .replace("deployments.website", "deployments.beside")
                        .replace("/srv/website", "/srv/website-2"))
            .faults();
    assertEquals(
        List.of(
            "config/slipway.toml:9: deployments.same.path: found \"/srv/website\"; expected a"
                + " folder that neither holds nor lies in that of deployments.website,"
                + " /srv/website",
            "config/slipway.toml:14: deployments.inner.path: found \"/srv/website/inner\"; expected"
                + " a folder that neither holds nor lies in that of deployments.website,"
                + " /srv/website",
            "config/slipway.toml:14: deployments.inner.path: found \"/srv/website/inner\"; expected"
                + " a folder that neither holds nor lies in that of deployments.same,"
                + " /srv/website"),
        faults);
  }

  @Test
  void aFolderIsTheSameUnderTheNameOfASymbolicLink(@TempDir Path srv) throws Exception {
    Files.createDirectory(srv.resolve("site"));
    Files.createSymbolicLink(srv.resolve("alias"), srv.resolve("site"));
    String website = Written.WEBSITE.replace("/srv/website", srv + "/site/not/there/yet");
    String other =
        Written.WEBSITE
            .replace("deployments.website", "deployments.other")
            .replace("/srv/website", srv + "/alias/not");
    List<String> faults = Written.of(website + other).faults();
    assertEquals(1, faults.size(), faults.toString());
    assertTrue(faults.getFirst().contains("that of deployments.website"), faults.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://github.com/example/website.git",
        "https://git.example.org:8443/website",
        "http://127.0.0.1:8080/website.git",
        "http://localhost/website.git",
        "ssh://git@github.com/example/website.git",
        "ssh://git.example.org:2222/website.git",
        "git@github.com:example/website.git",
        "github-website:example/website.git",
        "file:///srv/git/website.git",
        "/srv/git/website.git"
      })
  void anAddressWithoutCredentialsIsTaken(String url) {
    assertEquals(url, deployment("url = \"" + url + "\"").origin().url());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://hunter2@github.com/example/website.git",
        "https://user:hunter2@github.com/example/website.git",
        "ssh://git:hunter2@github.com/example/website.git",
        "ssh://-oProxyCommand=x/y",
        "ssh://-o@host/y",
        "user:hunter2@github.com:example/website.git",
        "http://github.com/example/website.git",
        "git://github.com/example/website.git",
        "ext::sh -c true",
        "ext::sh",
        "--upload-pack=x",
        "-x@host:y",
        "host:-x",
        "website.git",
        "../website.git",
        "https:///website.git",
        "file://website.git",
        "https://github.com/a b"
      })
  void anAddressThatHoldsCredentialsOrIsNoneIsRefused(String url) {
    List<String> faults = Written.website("url = \"" + url + "\"").faults();
    assertEquals(1, faults.size(), faults.toString());
    assertTrue(
        faults.getFirst().startsWith("config/slipway.toml:2: deployments.website.url: found"));
    assertFalse(faults.getFirst().contains("hunter2"), faults.getFirst());
  }

  @ParameterizedTest
  @CsvSource({
    "https://github.com/example/website.git, true",
    "https://github.example.org/example/website.git, true",
    "http://127.0.0.1:8080/website.git, true",
    "https://github.com.example.net/example/website.git, false",
    "ssh://git@github.com/example/website.git, false",
    "git@github.com:example/website.git, false"
  })
  void theTokenIsGivenToGitHubAloneAndToThisHost(String url, boolean given) {
    var config =
        Written.website("url = \"" + url + "\"")
            .and(
                "slipway.d/1.toml",
                "[github]\ntoken = \"secret\"\napi_url = \"https://api.github.example.org\"")
            .config();
    assertEquals(
        given ? Optional.of(new Secret("secret")) : Optional.empty(),
        config.deployments().getFirst().origin().token());
  }
}
