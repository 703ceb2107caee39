package dev.slipway.intake;

import dev.slipway.event.EntryCodec;
import dev.slipway.event.Json;
import dev.slipway.event.Source;
import dev.slipway.intake.Receipt.Accepted;
import dev.slipway.intake.Receipt.Refused;
import dev.slipway.vocabulary.ByteSize;
import dev.slipway.vocabulary.EntryName;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is decided about a post to the webhook, apart from all machinery of HTTP. First by the
 * headers, so that a hopeless body is never read; then, with the body, by the signature before
 * anything else, so that a stranger learns nothing about what he sent.
 *
 * <p>Any thread; {@link #receive} waits for the disk.
 */
final class Webhook {
  /** When a sender may try again after the disk refused. */
  static final Duration DISK_PAUSE = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(Webhook.class);

  private final Surroundings surroundings;
  private final Journal journal;
  private final long maxBody;
  private final Offenders offenders;
  private final AtomicBoolean diskRefuses = new AtomicBoolean();

  Webhook(ByteSize maxBody, Surroundings surroundings, Journal journal) {
    this.surroundings = surroundings;
    this.journal = journal;
    this.maxBody = maxBody.bytes();
    this.offenders = new Offenders(surroundings.clock());
  }

  /**
   * Decides whether the body is worth reading.
   *
   * @param length the body's declared length in bytes; -1 where it is not declared
   */
  Preamble open(InetAddress remote, Function<String, List<String>> headers, long length) {
    Optional<List<AddressBlock>> allowed = surroundings.admission().get().allowFrom();
    if (allowed.isPresent() && allowed.get().stream().noneMatch(block -> block.contains(remote))) {
      return new Refused(403, "Deliveries are not accepted from this address.");
    }
    return switch (Delivery.read(headers, remote)) {
      case Delivery delivery when delivery.signature().isEmpty() -> wrongSignature(remote);
      case Delivery _ when length > maxBody -> tooLarge();
      case Delivery delivery -> delivery;
      case Refused refused -> refused;
    };
  }

  /** Takes the whole body in; an accepted one is on stable storage when this returns. */
  Receipt receive(Delivery delivery, byte[] body) throws InterruptedException {
    Admission admission = surroundings.admission().get();
    if (delivery.signature().filter(it -> it.isOf(body, admission.secrets())).isEmpty()) {
      return wrongSignature(delivery.remote());
    }
    try {
      Optional<byte[]> payload =
          switch (delivery.encoding()) {
            case JSON -> Optional.of(body);
            case FORM -> FormPayload.of(body);
          };
      if (payload.isEmpty()) {
        return new Refused(415, "The form has no field named payload.");
      }
      Json.requireObject(payload.get());
      return store(delivery, payload.get());
    } catch (IllegalArgumentException malformed) {
      return new Refused(400, "The body is refused: " + malformed.getMessage() + ".");
    }
  }

  /** How many bytes a body may have. */
  int maxBody() {
    return (int) maxBody;
  }

  /** The answer to a body that is longer than the limit. */
  Refused tooLarge() {
    return new Refused(413, "The body is larger than " + maxBody + " bytes.");
  }

  private Refused wrongSignature(InetAddress remote) {
    Optional<Duration> pause = offenders.wrong(remote);
    return pause.isPresent()
        ? Refused.until(429, "This address keeps sending wrong signatures.", pause.get())
        : new Refused(403, "The signature is wrong.");
  }

  private Receipt store(Delivery delivery, byte[] payload) throws InterruptedException {
    EntryCodec.Head head =
        new EntryCodec.Head(
            delivery.id(),
            delivery.kind(),
            surroundings.clock().instant(),
            Source.WEBHOOK,
            Optional.of(delivery.remote().getHostAddress()));
    try {
      EntryName entry = surroundings.inbox().accept(EntryCodec.write(head, payload));
      if (diskRefuses.getAndSet(false)) {
        LOG.info("the state directory takes events again");
      }
      Accepted receipt = new Accepted(delivery, entry);
      journal.accepted(receipt);
      return receipt;
    } catch (IOException refused) {
      if (!diskRefuses.getAndSet(true)) {
        LOG.error("the state directory takes no events, they are refused until it does", refused);
      }
      return Refused.until(503, "The event could not be brought to stable storage.", DISK_PAUSE);
    }
  }
}
