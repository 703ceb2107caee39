package dev.slipway.cli;

import dev.slipway.vocabulary.Printable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line that a program printed, as a command shows it: its colours stay where colours can be seen
 * and are left out elsewhere. Whatever else it would do to a terminal (move the cursor, set the
 * title, fill the clipboard, hide text) is shown as U+FFFD.
 */
final class ProgramLine {
  /** Select Graphic Rendition of ECMA-48: the one command to a terminal that only colours. */
  private static final Pattern COLOUR = Pattern.compile("\u001b\\[([0-9;]{0,40})m");

  private static final String END = "\u001b[0m";
  private static final String FOREGROUND = "38";
  private static final String BACKGROUND = "48";
  private static final String OF_PALETTE = "5";
  private static final String CONCEALED = "8";

  private ProgramLine() {}

  static String show(String line, boolean colour) {
    StringBuilder shown = new StringBuilder(line.length() + END.length());
    Matcher found = COLOUR.matcher(line);
    int from = 0;
    boolean painted = false;
    while (found.find()) {
      shown.append(Printable.of(line.substring(from, found.start())));
      if (colour && !hides(found.group(1))) {
        shown.append(found.group());
        painted = true;
      }
      from = found.end();
    }
    shown.append(Printable.of(line.substring(from)));
    return painted ? shown.append(END).toString() : shown.toString();
  }

  /** Whether it makes text invisible; 8 may also be the number of a colour. */
  private static boolean hides(String parameters) {
    String[] words = parameters.split(";", -1);
    for (int i = 0; i < words.length; i++) {
      if (words[i].equals(FOREGROUND) || words[i].equals(BACKGROUND)) {
        i += i + 1 < words.length && words[i + 1].equals(OF_PALETTE) ? 2 : 4;
      } else if (words[i].replaceFirst("^0+", "").equals(CONCEALED)) {
        return true;
      }
    }
    return false;
  }
}
