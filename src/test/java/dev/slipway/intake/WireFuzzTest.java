package dev.slipway.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.slipway.fuzz.Fuzz;
import dev.slipway.fuzz.Payloads;
import dev.slipway.vocabulary.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Whatever bytes come over a connection: answers below 500 or none, an entry for each 202 and for
 * nothing else, no trace in the log, and the next one is served.
 */
@Timeout(900)
class WireFuzzTest {
  private static final Pattern STATUS = Pattern.compile("HTTP/\\d\\.\\d (\\d{3}) ");
  private static final Secret WRONG = new Secret("not the secret");

  @TempDir Path directory;
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private Doorstep doorstep;

  @BeforeEach
  void open() throws Exception {
    log.start();
    root.addAppender(log);
    doorstep = new Doorstep(directory);
  }

  @AfterEach
  void close() throws Exception {
    doorstep.close();
    root.detachAppender(log);
  }

  @Test
  void whateverComesIsAnsweredOrCutOffAndNothingElseHappens() {
    Fuzz.check(
        400,
        random -> {
          int before = doorstep.entries().size();
          byte[] request = OddRequests.some(random);
          List<Integer> statuses = statuses(exchange(random, request));
          long accepted = statuses.stream().filter(status -> status == 202).count();
          String shown = new String(request, ISO_8859_1);
          assertTrue(statuses.stream().allMatch(status -> status < 500), statuses + " to " + shown);
          assertEquals(accepted, doorstep.entries().size() - before, shown);
          assertEquals(200, healthz(), shown);
          assertEquals(List.of(), troubles(), shown);
          for (Path entry : doorstep.entries()) {
            Files.delete(entry);
          }
        });
  }

  @Test
  void nothingIsAcceptedThatWasNotSigned() {
    Fuzz.check(
        200,
        random -> {
          Post post = Post.push().body(Payloads.mutated(random)).signed(WRONG);
          String right = "sha256=" + Signature.of(post.bodyBytes(), Post.SECRET).hex();
          Post forged =
              switch (random.nextInt(6)) {
                case 0 -> post;
                case 1 -> post.without(Signature.HEADER);
                case 2 -> post.with("X-Hub-Signature", "sha1=" + "0".repeat(40));
                case 3 -> post.with(Signature.HEADER, right + ", " + right);
                case 4 -> post.with(Signature.HEADER, right.toUpperCase(java.util.Locale.ROOT));
                default -> post.with(Signature.HEADER, right.substring(0, right.length() - 1));
              };
          int status = doorstep.exchange(forged).status();
          assertTrue(status == 400 || status == 403 || status == 429, "status " + status);
          assertEquals(List.of(), doorstep.entries());
        });
  }

  private int healthz() throws IOException {
    return doorstep.exchange(Post.push().to("GET", "/healthz").body(new byte[0])).status();
  }

  private List<String> troubles() {
    List<ILoggingEvent> all = List.copyOf(log.list);
    log.list.clear();
    return all.stream()
        .filter(event ->
            event.getThrowableProxy() != null || event.getLevel().isGreaterOrEqual(Level.WARN))
        .map(ILoggingEvent::toString)
        .toList();
  }

  private static List<Integer> statuses(String answers) {
    List<Integer> statuses = new ArrayList<>();
    Matcher found = STATUS.matcher(answers);
    while (found.find()) {
      int status = Integer.parseInt(found.group(1));
      if (status >= 200) {
        statuses.add(status);
      }
    }
    return statuses;
  }

  /** Sends it in pieces, as it pleases; answers all that comes until the end. */
  private String exchange(RandomGenerator random, byte[] request) throws IOException {
    try (Wire wire = doorstep.connect()) {
      try {
        int from = 0;
        while (from < request.length) {
          int to =
              Math.min(request.length, from + 1 + random.nextInt(Fuzz.any(random, 3, 40, 9_000)));
          wire.send(Arrays.copyOfRange(request, from, to));
          from = to;
        }
        wire.halfClose();
      } catch (IOException cutOff) {
        // An answer may have come before.
      }
      return wire.restUntilReset();
    }
  }
}
