package dev.slipway.event;

/**
 * How an event ended, for one deployment or for none; each with a reason an operator understands.
 */
public sealed interface Outcome {
  /** The word in the record store. */
  String word();

  /** Why, in a sentence. */
  String reason();

  /** Its commit is live. */
  record Deployed(String reason) implements Outcome {
    @Override
    public String word() {
      return "deployed";
    }
  }

  /** A newer one made it pointless. */
  record Superseded(String reason) implements Outcome {
    @Override
    public String word() {
      return "superseded";
    }
  }

  /** The configuration or its own nature says that nothing is to be done. */
  record Ignored(String reason) implements Outcome {
    @Override
    public String word() {
      return "ignored";
    }
  }

  /** A person took it back. */
  record Cancelled(String reason) implements Outcome {
    @Override
    public String word() {
      return "cancelled";
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
