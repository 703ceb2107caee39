package dev.slipway.config;

import dev.slipway.intake.AddressBlock;
import dev.slipway.intake.Listen;
import dev.slipway.lock.LockName;
import dev.slipway.vocabulary.ByteSize;
import dev.slipway.vocabulary.GitRef;
import dev.slipway.vocabulary.RepositoryName;
import dev.slipway.vocabulary.Secret;
import dev.slipway.vocabulary.Slug;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The kinds of text that keys take. */
final class Texts {
  static final Kind<Duration> DURATION =
      Kind.OfText.open(
          "a duration such as \"500ms\", \"30s\", \"5m\", \"2h\" or \"3d\"", Texts::duration);

  static final Kind<Duration> TIME_LIMIT =
      Kind.OfText.open(
          "a duration longer than 0, such as \"30s\" or \"5m\"",
          text -> require(duration(text), limit -> limit.isPositive()));

  /** A duration, or nothing for {@code off}. */
  static final Kind<Optional<Duration>> INTERVAL =
      Kind.OfText.open(
          "\"off\" or a duration from 1s to 1d, such as \"5m\"",
          text ->
              text.equals("off")
                  ? Optional.empty()
                  : Optional.of(
                      require(
                          duration(text),
                          interval ->
                              interval.compareTo(Duration.ofSeconds(1)) >= 0
                                  && interval.compareTo(Duration.ofDays(1)) <= 0)));

  static final Kind<ByteSize> SIZE =
      Kind.OfText.open("a size such as \"500MiB\" or \"25MB\"", ByteSize::parse);

  /** A body is held in memory, so its bound is bounded itself. */
  static final Kind<ByteSize> BODY_SIZE =
      Kind.OfText.open(
          "a size from 1B to " + Listen.LARGEST_MAX_BODY + ", such as \"25MiB\"",
          text ->
              require(
                  ByteSize.parse(text),
                  size -> size.bytes() > 0 && size.bytes() <= Listen.LARGEST_MAX_BODY.bytes()));

  static final Kind<RepositoryName> REPOSITORY =
      Kind.OfText.open("owner/name, such as \"example/website\"", RepositoryName::new);

  static final Kind<Slug> SLUG =
      Kind.OfText.open(
          "a slug: 1 to 63 of a-z, 0-9 and -, not beginning with -, and not \"dispatcher\"",
          Slug::new);

  static final Kind<GitRef> BRANCH =
      Kind.OfText.open(
          "the short name of a branch, such as \"main\"",
          text -> GitRef.ofBranch(require(text, name -> !name.startsWith("refs/"))));

  static final Kind<String> HOST =
      matching("an address or a host name, such as \"127.0.0.1\"", "[A-Za-z0-9.:%_-]{1,253}");

  static final Kind<AddressBlock> ADDRESSES =
      Kind.OfText.open(
          "an address or a block, such as \"127.0.0.1\" or \"192.0.2.0/24\"", AddressBlock::parse);

  /** Who may send events: a block, or one of two words. */
  static final Kind<String> SENDERS =
      Kind.OfText.open(
          "\"any\", \"github\", or an address or block such as \"192.0.2.0/24\"",
          text -> {
            if (!text.equals("any") && !text.equals("github")) {
              AddressBlock.parse(text);
            }
            return text;
          });

  static final Kind<Secret> SECRET =
      new Kind.OfText<>("one line of text", Veil.SECRET, Secret::new);

  static final Kind<String> PUBLIC_KEY =
      matching("an age public key, \"age1…\"", "age1[0-9a-z]{20,2000}");

  static final Kind<String> LOCK =
      Kind.OfText.open(
          "the name of a lock: 1 to 63 of a-z, 0-9, - and _, such as \"build\"",
          text -> {
            LockName.named(text);
            return text;
          });

  static final Kind<String> RECIPE =
      matching("the name of a recipe, such as \"steps\"", "[a-z0-9][a-z0-9_-]{0,62}");

  static final Kind<String> LINE = Kind.OfText.open("a text", text -> text);

  static final Kind<List<String>> LINES = list(LINE, 1, "a list of texts, such as [\"docs/**\"]");

  private static final Pattern DURATION_FORM = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
  private static final Duration LONGEST = Duration.ofDays(3650);

  private Texts() {}

  static <T> Kind<List<T>> list(Kind<T> item, int least, String expected) {
    return new Kind.OfList<>(item, least, expected);
  }

  /** One of some words, each of which means a value. */
  static <T> Kind<T> choice(String expected, Map<String, T> meanings) {
    return Kind.OfText.open(
        expected,
        text -> Optional.ofNullable(meanings.get(text)).orElseThrow(IllegalArgumentException::new));
  }

  private static Kind<String> matching(String expected, String form) {
    Pattern pattern = Pattern.compile(form);
    return Kind.OfText.open(
        expected, text -> require(text, candidate -> pattern.matcher(candidate).matches()));
  }

  private static Duration duration(String text) {
    var form = DURATION_FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("not a duration");
    }
    long number = Long.parseLong(form.group(1));
    Duration duration =
        switch (form.group(2)) {
          case "ms" -> Duration.ofMillis(number);
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          default -> Duration.ofDays(number);
        };
    return require(duration, bounded -> bounded.compareTo(LONGEST) <= 0);
  }

  static <T> T require(T value, Predicate<T> suits) {
    if (!suits.test(value)) {
      throw new IllegalArgumentException("does not suit");
    }
    return value;
  }
}
