package dev.slipway.deploy;

import dev.slipway.vocabulary.CommitId;
import dev.slipway.vocabulary.EntryName;
import dev.slipway.vocabulary.Printable;
import dev.slipway.vocabulary.ReleaseNumber;
import dev.slipway.vocabulary.Slug;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The text beside a parked entry: what happened, where to look, how to try again. It is shown on
 * terminals, so nothing in it can move a cursor, and stays well below the 64 KiB that are read of
 * it.
 *
 * @param place the entry's name under {@code failed/}
 */
record Reasons(Slug slug, EntryName place) {
  /** The characters that are shown of a line that somebody else wrote. */
  private static final int LONGEST = 500;

  /** What a shell takes as it stands. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._,:@%+-]*");

  /**
   * A release failed for the last time.
   *
   * @param what how, in one sentence without its full stop; whole, so that no secret in it is cut
   *     before it is masked
   */
  String ofFailure(ReleaseNumber release, Job job, String what, List<String> details) {
    StringBuilder text = new StringBuilder();
    text.append("Release %s of %s failed: %s.\n".formatted(release, slug, harmless(what)));
    text.append(
        "It was started by event %s, %s of %s.\n"
            .formatted(
                job.event().id(),
                job.push().commit().map(CommitId::value).orElse("the newest commit"),
                harmless(job.push().ref().value())));
    if (!details.isEmpty()) {
      text.append("The last lines:\n\n").append(lines(details)).append('\n');
    }
    text.append("The whole log: slipway logs %s %s\n".formatted(slug, release));
    return text.append(retry()).toString();
  }

  /** It is no event that can be deployed. */
  String ofUnreadable(String reason) {
    return "This entry cannot be deployed: %s.\n".formatted(harmless(reason)) + retry();
  }

  /** The program itself stumbled over it. */
  String ofFault(Failure.Fault fault) {
    return "This entry could not be worked off: %s.\n\n".formatted(harmless(fault.describe()))
        + lines(fault.details())
        + "\n"
        + retry();
  }

  /** The daemon ended, again and again, while it ran. */
  String ofUncleanEnds(int times) {
    return "The daemon ended uncleanly %d times in a row while it ran this entry.\n"
            .formatted(times)
        + retry();
  }

  private String retry() {
    return "To try again: slipway queue retry %s %s (or move the file up into queues/%s/)\n"
        .formatted(slug, word(place.value()), slug);
  }

  /** A name as a shell takes it: operators may choose any. */
  private static String word(String name) {
    return PLAIN.matcher(name).matches() ? name : "'" + harmless(name).replace("'", "'\\''") + "'";
  }

  private static String lines(List<String> lines) {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append("    ").append(harmless(line)).append('\n'));
    return text.toString();
  }

  /** A line that cannot play tricks on the terminal it is shown on, cut where it is too long. */
  private static String harmless(String line) {
    int length = line.codePointCount(0, line.length());
    return length > LONGEST
        ? Printable.of(line.substring(0, line.offsetByCodePoints(0, LONGEST))) + "…"
        : Printable.of(line);
  }
}
