package dev.slipway.dashboard;

import dev.slipway.dashboard.Problem.Refusal;
import dev.slipway.ledger.LedgerUnavailable;
import dev.slipway.status.Acts;
import dev.slipway.status.Answer;
import dev.slipway.status.Order;
import dev.slipway.status.Sources;
import dev.slipway.status.Views;
import dev.slipway.vocabulary.Quoted;
import dev.slipway.vocabulary.ReleaseNumber;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The API's acting half: what is asked for by POST. Any thread. */
final class Acting {
  private static final Logger log = LoggerFactory.getLogger(Acting.class);

  /** Who asks, as far as one token for all can say. */
  private static final String BY = "admin";

  private static final Set<String> REASON = Set.of("reason");

  private final Acts acts;

  Acting(Sources sources) {
    this.acts = new Acts(sources);
  }

  void deploy(Call call) throws Refusal, IOException {
    Map<String, Object> body = call.body(Set.of("ref", "note"));
    Order order;
    try {
      order = new Order(Call.text(body, "ref"), Call.text(body, "note"), BY);
    } catch (IllegalArgumentException malformed) {
      throw new Refusal(Problem.bad(String.valueOf(malformed.getMessage())));
    }
    answer(call, "deploy", acts.deploy(call.slug(), order));
  }

  void rollback(Call call) throws Refusal, IOException, LedgerUnavailable {
    Map<String, Object> body = call.body(Set.of("release"));
    answer(call, "rollback", acts.rollback(call.slug(), release(body), BY));
  }

  void pause(Call call) throws Refusal, IOException {
    Optional<String> reason = Call.text(call.body(REASON), "reason");
    answer(call, "pause", acts.pause(call.slug(), reason));
  }

  void resume(Call call) throws Refusal, IOException {
    call.body(REASON);
    answer(call, "resume", acts.resume(call.slug()));
  }

  void cancel(Call call) throws Refusal, IOException {
    Optional<String> reason = Call.text(call.body(REASON), "reason");
    answer(call, "cancel", acts.cancel(call.slug(), reason));
  }

  void retry(Call call) throws Refusal, IOException {
    call.body(Set.of());
    answer(call, "retry", acts.retry(call.slug(), call.names().get(1)));
  }

  void drop(Call call) throws Refusal, IOException {
    call.body(Set.of());
    answer(call, "drop", acts.drop(call.slug(), call.names().get(1)));
  }

  private static Optional<ReleaseNumber> release(Map<String, Object> body) throws Refusal {
    return switch (body.get("release")) {
      case null -> Optional.empty();
      case Integer number when number >= 1 -> Optional.of(new ReleaseNumber(number));
      default -> throw new Refusal(Problem.bad("The member \"release\" is a release's number."));
    };
  }

  private static void answer(Call call, String act, Answer answer) throws Refusal {
    if (answer instanceof Answer.Refused(Answer.Why why, String reason)) {
      throw new Refusal(
          switch (why) {
            case UNKNOWN -> new Problem(StatusCodes.NOT_FOUND, reason);
            case MALFORMED -> Problem.bad(reason);
            case NOT_NOW -> new Problem(StatusCodes.CONFLICT, reason);
          });
    }
    log.info(
        "asked for over HTTP act={} deployment={} from={} answer={}",
        act,
        call.names().getFirst(),
        call.exchange().getSourceAddress().getAddress().getHostAddress(),
        Quoted.of(Views.answer(answer).toString()));
    Answers.json(call.exchange(), StatusCodes.ACCEPTED, Views.answer(answer));
  }
}
