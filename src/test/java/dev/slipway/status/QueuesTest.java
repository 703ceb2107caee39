package dev.slipway.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.slipway.spool.Claim;
import dev.slipway.spool.Retry;
import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.Slug;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QueuesTest {
  @TempDir Path root;
  private Scene scene;
  private Queues queues;

  @BeforeEach
  void setUp() throws IOException {
    scene = new Scene(root);
    queues = new Queues(scene.sources);
  }

  @Test
  void theOldestEntryComesFirstWhereverItLies() throws IOException {
    scene.put(EntryState.WAITING, Scene.name(3));
    scene.put(EntryState.ACTIVE, Scene.name(2));
    scene.put(EntryState.FAILED, Scene.name(1));
    assertEquals(
        List.of(EntryState.FAILED, EntryState.ACTIVE, EntryState.WAITING),
        queues.of(Scene.SITE, 10).entries().stream().map(it -> it.place().state()).toList());
  }

  @Test
  void onlyAsManyAreReadAsWereAskedForAndAllAreCounted() throws IOException {
    for (int second = 0; second < 5; second++) {
      scene.put(EntryState.WAITING, Scene.name(second));
    }
    Queues.Page page = queues.of(Scene.SITE, 2);
    assertEquals(List.of(Scene.name(0), Scene.name(1)), names(page));
    assertEquals(5, page.total());
  }

  @Test
  void aFailedEntrySaysWhy() throws IOException {
    scene.put(EntryState.FAILED, Scene.name(1));
    assertEquals(Optional.of("it broke"), queues.of(Scene.SITE, 1).entries().getFirst().reason());
  }

  @Test
  void anEntryThatIsNoEventIsShownWithWhatIsWrong() throws IOException {
    scene.queue();
    Files.writeString(scene.state.queue(Scene.SITE).resolve("by-hand"), "{");
    QueueEntry entry = queues.of(Scene.SITE, 1).entries().getFirst();
    assertEquals(new EntryName("by-hand"), entry.place().name());
    assertInstanceOf(QueueEntry.Content.Unreadable.class, entry.content());
  }

  @Test
  void anEntryThatIsTriedAgainLaterSaysWhen() throws IOException {
    EntryName name = scene.put(EntryState.WAITING, Scene.name(1));
    Retry retry = new Retry(2, Instant.parse("2026-11-21T11:00:00Z"));
    Claim claim = scene.queue().claim(name).orElseThrow();
    claim.retryLater(retry);
    assertEquals(Optional.of(retry), queues.of(Scene.SITE, 1).entries().getFirst().retry());
  }

  @Test
  void theDispatchersEntriesAreAmongThoseOfAllQueues() throws IOException {
    EntryName unrouted = Scene.name(1);
    Files.write(scene.state.dispatcher().resolve(unrouted.value()), Scene.push(unrouted));
    scene.put(EntryState.CORRUPT, Scene.name(0));
    scene.put(EntryState.WAITING, Scene.name(2));
    Queues.Page page = queues.all(10);
    assertEquals(List.of(Scene.name(0), unrouted, Scene.name(2)), names(page));
    assertEquals(
        List.of(Slug.DISPATCHER, Slug.DISPATCHER, "website"),
        page.entries().stream().map(it -> it.place().queue()).toList());
    assertEquals(Optional.of("it broke"), page.entries().getFirst().reason());
  }

  @Test
  void anEntryIsFoundByItsNameWithOrWithoutItsEnding() throws IOException {
    EntryName name = scene.put(EntryState.FAILED, Scene.name(1));
    Optional<QueueEntry.Place> place =
        Optional.of(new QueueEntry.Place(Optional.of(Scene.SITE), EntryState.FAILED, name));
    assertEquals(place, queues.find(Scene.SITE, name.value()));
    assertEquals(place, queues.find(Scene.SITE, name.value().replace(".json", "")));
  }

  @Test
  void whatIsNoNameOfAnEntryIsNotFound() throws IOException {
    scene.put(EntryState.FAILED, Scene.name(1));
    Files.createFile(scene.state.queue(Scene.SITE).resolve("paused"));
    for (String text : List.of("", "../website", "paused", "active", "failed", ".hidden", "none")) {
      assertEquals(Optional.empty(), queues.find(Scene.SITE, text), text);
    }
  }

  private static List<EntryName> names(Queues.Page page) {
    return page.entries().stream().map(it -> it.place().name()).toList();
  }
}
