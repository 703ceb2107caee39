package dev.slipway.intake;

import dev.slipway.intake.Receipt.Refused;
import dev.slipway.vocabulary.EventId;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A webhook delivery as its headers announce it.
 *
 * @param kind GitHub's name of the event, such as {@code push} or {@code projects_v2_item}
 * @param signature absent where the header is there and malformed: nobody signed so
 * @param remote who sent it
 * @see <a href="https://docs.github.com/en/webhooks/webhook-events-and-payloads#delivery-headers">
 *     Delivery headers</a>
 */
record Delivery(
    EventId id, String kind, Optional<Signature> signature, Encoding encoding, InetAddress remote)
    implements Preamble {
  static final String EVENT = "X-GitHub-Event";
  static final String DELIVERY = "X-GitHub-Delivery";
  static final String CONTENT_TYPE = "Content-Type";

  private static final Pattern KIND = Pattern.compile("[a-z0-9_]{1,64}");
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");

  /** How the JSON stands in the body. */
  enum Encoding {
    JSON,
    FORM;

    private static Optional<Encoding> of(String contentType) {
      return switch (contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT)) {
        case "application/json" -> Optional.of(JSON);
        case "application/x-www-form-urlencoded" -> Optional.of(FORM);
        default -> Optional.empty();
      };
    }
  }

  /**
   * Reads the headers; of those that name the delivery there must be one each.
   *
   * @param headers the values of a header by its name
   */
  static Preamble read(Function<String, List<String>> headers, InetAddress remote) {
    List<String> signature = headers.apply(Signature.HEADER);
    Optional<String> kind = single(headers.apply(EVENT), KIND);
    Optional<String> id = single(headers.apply(DELIVERY), ID);
    List<String> contentType = headers.apply(CONTENT_TYPE);
    Optional<Encoding> encoding =
        contentType.size() == 1 ? Encoding.of(contentType.getFirst()) : Optional.empty();
    if (signature.isEmpty()) {
      return new Refused(400, "The header " + Signature.HEADER + " is missing.");
    }
    if (kind.isEmpty()) {
      return new Refused(400, "The header " + EVENT + " is missing or names no event.");
    }
    if (id.isEmpty()) {
      return new Refused(
          400,
          "The header " + DELIVERY + " is missing or not 1 to 64 letters, digits and hyphens.");
    }
    if (encoding.isEmpty()) {
      return new Refused(
          415, "The body must be application/json or application/x-www-form-urlencoded.");
    }
    return new Delivery(
        new EventId(id.get()),
        kind.get(),
        signature.size() == 1 ? Signature.parse(signature.getFirst()) : Optional.empty(),
        encoding.get(),
        remote);
  }

  private static Optional<String> single(List<String> values, Pattern form) {
    return values.size() == 1 && form.matcher(values.getFirst()).matches()
        ? Optional.of(values.getFirst())
        : Optional.empty();
  }
}
