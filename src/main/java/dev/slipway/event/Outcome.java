package dev.slipway.event;

/** How an event that starts no deployment ended; each with a reason an operator understands. */
public sealed interface Outcome {
  /** The word in the record store. */
  String word();

  /** Why, in a sentence. */
  String reason();

  /** The configuration or its own nature says that nothing is to be done. */
  record Ignored(String reason) implements Outcome {
    @Override
    public String word() {
      return "ignored";
    }
  }

  /** No deployment follows its repository and reference. */
  record Void(String reason) implements Outcome {
    @Override
    public String word() {
      return "void";
    }
  }

  /** GitHub's greeting. */
  record Ping() implements Outcome {
    @Override
    public String word() {
      return "ping";
    }

    @Override
    public String reason() {
      return "GitHub's greeting to a new webhook";
    }
  }
}
