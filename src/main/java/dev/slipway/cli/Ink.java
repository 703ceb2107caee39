package dev.slipway.cli;

/** Colours with a meaning, by their ANSI codes. */
enum Ink {
  PLAIN(""),
  FAINT("2"),
  STRONG("1"),
  GOOD("32"),
  BUSY("36"),
  ODD("33"),
  BAD("31");

  private final String code;

  Ink(String code) {
    this.code = code;
  }

  String paint(String text, boolean colour) {
    return colour && this != PLAIN ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }

  /** The colour of a state's word. */
  static Ink of(String state) {
    return switch (state) {
      case "succeeded", "deployed" -> GOOD;
      case "running" -> BUSY;
      case "failed", "rolled-back" -> BAD;
      case "paused", "waiting", "interrupted", "cancelled", "orphaned", "superseded" -> ODD;
      case "idle", "disabled" -> FAINT;
      default -> PLAIN;
    };
  }
}
