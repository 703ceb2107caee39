package dev.slipway.vocabulary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.slipway.fuzz.Fuzz;
import dev.slipway.fuzz.Nasty;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** A word is what it promises to be or is refused in words that can be shown; nothing else. */
class VocabularyFuzzTest {
  private static final Path FOLDER = Path.of("/srv/state/queues/web");

  private static <T> Optional<T> read(Function<String, T> constructor, String text) {
    try {
      return Optional.of(constructor.apply(text));
    } catch (IllegalArgumentException refused) {
      String reason = String.valueOf(refused.getMessage());
      assertEquals(Printable.of(reason), reason);
      assertTrue(reason.length() < 500 + 6 * 100, reason);
      return Optional.empty();
    }
  }

  private static String text(RandomGenerator random, String valid) {
    return random.nextBoolean() ? Nasty.near(random, valid) : Nasty.text(random);
  }

  /** A name that stays in its folder and can be a file of it. */
  private static void assertFileName(String name) {
    assertEquals(FOLDER, FOLDER.resolve(name).normalize().getParent(), name);
    assertTrue(name.getBytes(StandardCharsets.UTF_8).length <= 255, name);
  }

  @Test
  void slugsAreFileNamesAndNothingMore() {
    Fuzz.check(
        20_000,
        random ->
            read(Slug::new, text(random, "website"))
                .ifPresent(slug -> {
                  assertFileName(slug.value());
                  assertTrue(
                      slug.value().chars().allMatch(c -> c == '-' || Character.isLetterOrDigit(c)));
                  assertFalse(slug.value().startsWith("-"));
                }));
  }

  @Test
  void namesOfEntriesStayInTheirFolder() {
    Fuzz.check(
        20_000,
        random ->
            read(EntryName::new, text(random, "1763706000123456789.json"))
                .ifPresent(name -> {
                  assertFileName(name.value());
                  assertFileName(name + EntryName.REASON);
                  assertFileName(name.taken(1 + random.nextInt(1_000_000)).value());
                  assertFalse(name.value().startsWith("."), name.value());
                  name.epochNanos().ifPresent(nanos -> assertTrue(nanos >= 0));
                }));
  }

  @Test
  void referencesAreNeverOptionsNorPaths() {
    Fuzz.check(
        20_000,
        random ->
            read(GitRef::new, text(random, "refs/heads/main"))
                .ifPresent(ref -> {
                  assertTrue(ref.value().startsWith("refs/"));
                  assertFalse(ref.value().contains(".."));
                  Path folder = Path.of("/srv/git");
                  assertTrue(folder.resolve(ref.value()).normalize().startsWith("/srv/git/refs"));
                }));
  }

  @Test
  void whatIsAReferenceHereIsOneToGit() {
    Fuzz.check(
        40,
        random -> {
          Optional<GitRef> ref =
              read(GitRef::new, Nasty.near(random, "refs/heads/feature/a.b-c"))
                  .filter(it -> it.value().length() < 4_000);
          if (ref.isPresent()) {
            Process git = new ProcessBuilder("git", "check-ref-format", ref.get().value()).start();
            assertEquals(0, git.waitFor(), ref.get().value());
          }
        });
  }

  @Test
  void theOtherWordsAreWhatTheySay() {
    Fuzz.check(
        20_000,
        random -> {
          read(RepositoryName::new, text(random, "example/website"))
              .ifPresent(name -> {
                String[] parts = name.value().split("/", -1);
                assertEquals(2, parts.length, name.value());
                assertFileName(parts[0]);
                assertFileName(parts[1]);
              });
          read(EventId::new, text(random, "72d3162e-cc78-11e3-81ab-4c9367dc0958"))
              .ifPresent(id -> assertFileName(id.value()));
          read(CommitId::new, text(random, "0f3c1b2a4d5e6f708192a3b4c5d6e7f8091a2b3c"))
              .ifPresent(id -> assertTrue(id.value().matches("[0-9a-f]{40,64}")));
          read(ByteSize::parse, text(random, "25MiB"))
              .ifPresent(size -> assertTrue(size.bytes() >= 0));
        });
  }

  @Test
  void whatIsQuotedIsHarmlessAndShort() {
    Fuzz.check(
        20_000,
        random -> {
          String quoted = Quoted.of(Nasty.text(random));
          assertEquals(Printable.of(quoted), quoted);
          assertEquals(-1, quoted.indexOf('\t'));
          assertTrue(quoted.length() < 2 + 8 * 101, quoted);
        });
  }
}
