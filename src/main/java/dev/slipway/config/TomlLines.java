package dev.slipway.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * On which line of a TOML document each key and each list item stands. Keys are addressed by JSON
 * Pointers (RFC 6901): {@code /deployments/website/steps/0}. Meant for documents that a parser has
 * accepted; for others it ends too, with lines that mean nothing.
 *
 * @see <a href="https://toml.io/en/v1.0.0">TOML 1.0</a>
 */
final class TomlLines {
  private static final char END = '\0';

  private final String text;
  private final Map<String, Integer> lines = new HashMap<>();
  private final Map<String, Integer> tablesIn = new HashMap<>();
  private int at;
  private int line = 1;

  private TomlLines(String text) {
    this.text = text;
  }

  static Map<String, Integer> of(String text) {
    var index = new TomlLines(text);
    index.document();
    return index.lines;
  }

  /** The pointer to an entry of the table or list at {@code pointer}. */
  static String pointer(String pointer, String name) {
    return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
  }

  private void document() {
    String table = "";
    for (skipToContent(); at < text.length(); skipToContent()) {
      if (peek() == '[') {
        table = header();
      } else {
        pair(table);
      }
    }
  }

  /** {@code [a.b]} or {@code [[a.b]]}; answers the pointer to the table that it opens. */
  private String header() {
    boolean inList = text.startsWith("[[", at);
    at += inList ? 2 : 1;
    int here = line;
    List<String> names = names();
    at += inList ? 2 : 1;
    String pointer = "";
    for (String name : names.subList(0, names.size() - 1)) {
      pointer = pointer(pointer, name);
      lines.putIfAbsent(pointer, here);
      Integer tables = tablesIn.get(pointer);
      pointer = tables == null ? pointer : pointer + "/" + (tables - 1);
    }
    pointer = pointer(pointer, names.getLast());
    if (inList) {
      lines.putIfAbsent(pointer, here);
      pointer += "/" + (tablesIn.merge(pointer, 1, Integer::sum) - 1);
    }
    lines.put(pointer, here);
    return pointer;
  }

  /** {@code a.b = value}. */
  private void pair(String table) {
    int here = line;
    String pointer = table;
    for (String name : names()) {
      pointer = pointer(pointer, name);
      lines.putIfAbsent(pointer, here);
    }
    if (peek() == '=') {
      at++;
    }
    value(pointer);
  }

  /** The names of a dotted key. */
  private List<String> names() {
    var names = new ArrayList<String>();
    do {
      at += names.isEmpty() ? 0 : 1;
      skipSpaces();
      names.add(name());
      skipSpaces();
    } while (peek() == '.');
    return names;
  }

  private String name() {
    int start = at;
    if (peek() == '"' || peek() == '\'') {
      boolean escapes = peek() == '"';
      string();
      String inside = text.substring(start + 1, Math.max(start + 1, at - 1));
      return escapes ? unescaped(inside) : inside;
    }
    do {
      advance();
    } while (at < text.length() && ".=] \t\r\n".indexOf(peek()) < 0);
    return text.substring(start, Math.min(at, text.length()));
  }

  private void value(String pointer) {
    skipSpaces();
    switch (peek()) {
      case '"', '\'' -> string();
      case '[' -> list(pointer);
      case '{' -> inlineTable(pointer);
      default -> {
        do {
          advance();
        } while (at < text.length() && ",]}#\n".indexOf(peek()) < 0);
      }
    }
  }

  private void list(String pointer) {
    at++;
    int item = 0;
    for (skipToContent(); at < text.length() && peek() != ']'; skipToContent()) {
      if (peek() == ',') {
        at++;
      } else {
        String here = pointer + "/" + item++;
        lines.put(here, line);
        value(here);
      }
    }
    at++;
  }

  private void inlineTable(String pointer) {
    at++;
    for (skipToContent(); at < text.length() && peek() != '}'; skipToContent()) {
      if (peek() == ',') {
        at++;
      } else {
        pair(pointer);
      }
    }
    at++;
  }

  /** A string of any of the four forms. Three quotes close a long one, and may follow two more. */
  private void string() {
    char quote = peek();
    String three = String.valueOf(quote).repeat(3);
    boolean isLong = text.startsWith(three, at);
    String fence = isLong ? three : String.valueOf(quote);
    at += fence.length();
    while (at < text.length() && !text.startsWith(fence, at)) {
      if (quote == '"' && peek() == '\\') {
        advance();
      }
      advance();
    }
    at += fence.length();
    for (int more = 0; isLong && more < 2 && peek() == quote; more++) {
      at++;
    }
    at = Math.min(at, text.length());
  }

  private static String unescaped(String inside) {
    var plain = new StringBuilder();
    for (int i = 0; i < inside.length(); i++) {
      char c = inside.charAt(i);
      if (c != '\\' || i + 1 == inside.length()) {
        plain.append(c);
        continue;
      }
      char escape = inside.charAt(++i);
      int digits = escape == 'u' ? 4 : escape == 'U' ? 8 : 0;
      if (digits > 0 && i + digits < inside.length()) {
        plain.appendCodePoint(Integer.parseInt(inside, i + 1, i + 1 + digits, 16));
        i += digits;
      } else {
        int known = "btnfr".indexOf(escape);
        plain.append(known < 0 ? escape : "\b\t\n\f\r".charAt(known));
      }
    }
    return plain.toString();
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : END;
  }

  private void advance() {
    if (peek() == '\n') {
      line++;
    }
    at++;
  }

  private void skipSpaces() {
    while (peek() == ' ' || peek() == '\t') {
      at++;
    }
  }

  /** Over spaces, line ends and comments. */
  private void skipToContent() {
    while (at < text.length()) {
      if (peek() == '#') {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (Character.isWhitespace(peek())) {
        advance();
      } else {
        return;
      }
    }
  }
}
