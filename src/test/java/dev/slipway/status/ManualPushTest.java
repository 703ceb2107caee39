package dev.slipway.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.slipway.event.EntryCodec;
import dev.slipway.event.Event;
import dev.slipway.event.Push;
import dev.slipway.event.Source;
import dev.slipway.vocabulary.EventId;
import dev.slipway.vocabulary.GitRef;
import dev.slipway.vocabulary.RepositoryName;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ManualPushTest {
  private static final String COMMIT = "c".repeat(40);

  @Test
  void withoutARefItIsTheFollowedBranchAsItWillBe() {
    ManualPush push = push(Optional.empty());
    assertEquals(Scene.MAIN, push.ref());
    assertEquals(Optional.empty(), push.commit());
  }

  @Test
  void aNameIsABranch() {
    assertEquals(GitRef.ofBranch("topic/x"), push(Optional.of("topic/x")).ref());
  }

  @Test
  void aFullReferenceIsItself() {
    assertEquals(GitRef.ofTag("v1"), push(Optional.of("refs/tags/v1")).ref());
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 64})
  void aWholeCommitIsThatCommitOnTheFollowedBranch(int digits) {
    ManualPush push = push(Optional.of("C".repeat(digits)));
    assertEquals(Scene.MAIN, push.ref());
    assertEquals("c".repeat(digits), push.commit().orElseThrow().value());
  }

  @Test
  void theBeginningOfACommitIsABranchLikeAnyOtherName() {
    assertEquals(GitRef.ofBranch("cccccc7"), push(Optional.of("cccccc7")).ref());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a b", "a..b", "refs/", "refs/heads/", "-x^", "a:b", "a\u0000b", "x.lock", "/"})
  void whatGitWouldNotTakeIsRefused(String ref) {
    assertThrows(IllegalArgumentException.class, () -> push(Optional.of(ref)));
  }

  @Test
  void theNullCommitIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> push(Optional.of("0".repeat(40))));
  }

  @Test
  void itsEntryIsThePushThatItIs() throws Exception {
    Event event = read(new Order(Optional.of(COMMIT), Optional.of("hot fix"), "ada"));
    assertEquals(Source.CLI, event.source());
    assertEquals(Optional.empty(), event.remote());
    Push push = assertInstanceOf(Push.class, event.content());
    assertEquals(new RepositoryName("example/website"), push.repository());
    assertEquals(COMMIT, push.commit().orElseThrow().value());
    assertEquals(Optional.of("hot fix"), push.note());
    assertEquals(false, push.deleted() || push.headless());
  }

  @Test
  void aCommitThatIsToBeResolvedIsLeftOutOfTheEntry() throws Exception {
    Event event = read(new Order(Optional.empty(), Optional.empty(), "ada"));
    Push push = assertInstanceOf(Push.class, event.content());
    assertEquals(Optional.empty(), push.commit());
    assertEquals(Optional.empty(), push.note());
  }

  @Test
  void itsPayloadHasGitHubsForm() {
    ManualPush push =
        ManualPush.of(
            Scene.route(Scene.SITE, true),
            new Order(Optional.of(COMMIT), Optional.of("hot fix"), "ada"));
    String entry = new String(push.entry(new EventId("id"), Scene.NOW), StandardCharsets.UTF_8);
    assertEquals(
        """
        {"id":"id","event":"push","received_at":"2026-11-21T10:00:00.000000000Z","source":"cli",\
        "remote":null,"payload":{"ref":"refs/heads/main",\
        "before":"0000000000000000000000000000000000000000",\
        "after":"cccccccccccccccccccccccccccccccccccccccc",\
        "created":false,"deleted":false,"forced":false,\
        "repository":{"full_name":"example/website"},"pusher":{"name":"ada"},\
        "slipway":{"note":"hot fix"}}}
        """,
        entry);
  }

  @Test
  void aNoteThatIsTooLongIsNoOrder() {
    Optional<String> note = Optional.of("x".repeat(Order.NOTE_LIMIT + 1));
    assertThrows(IllegalArgumentException.class, () -> new Order(Optional.empty(), note, "ada"));
  }

  private static Event read(Order order) throws Exception {
    ManualPush push = ManualPush.of(Scene.route(Scene.SITE, true), order);
    return EntryCodec.read(push.entry(new EventId("id"), Scene.NOW));
  }

  private static ManualPush push(Optional<String> ref) {
    return ManualPush.of(Scene.route(Scene.SITE, true), new Order(ref, Optional.empty(), "ada"));
  }
}
