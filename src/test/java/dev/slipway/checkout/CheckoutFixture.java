package dev.slipway.checkout;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.slipway.process.Cancellation;
import dev.slipway.process.Exit;
import dev.slipway.process.Launch;
import dev.slipway.process.Output;
import dev.slipway.process.Processes;
import dev.slipway.process.RealProcesses;
import dev.slipway.process.RunToken;
import dev.slipway.time.Deadline;
import dev.slipway.vocabulary.CommitId;
import dev.slipway.vocabulary.GitRef;
import dev.slipway.vocabulary.ReleaseNumber;
import dev.slipway.vocabulary.RepositoryName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One deployment with its repository, path and state directory in a scratch folder; real git. */
final class CheckoutFixture implements Processes {
  static final GitRef MAIN = GitRef.ofBranch("main");

  final Path state;
  final Path path;
  final GitRepository repository;
  final List<String> notes = new ArrayList<>();
  final List<String> log = new ArrayList<>();
  final List<Launch> launches = new ArrayList<>();
  final Cancellation cancellation = new Cancellation();

  private final Processes processes = new RealProcesses(Duration.ofMillis(300));
  private final Target.Style style;
  private int release;

  CheckoutFixture(Path scratch, Target.Style style) throws Exception {
    this.style = style;
    this.state = scratch.resolve("state");
    this.path = scratch.resolve("srv").resolve("website");
    this.repository = GitRepository.create(scratch.resolve("origin"));
  }

  /** The repository's own address, no credentials. */
  Origin origin() {
    return origin(repository.url());
  }

  Origin origin(String url) {
    return new Origin(
        new RepositoryName("example/website"), url, Optional.empty(), Optional.empty());
  }

  Checkout checkout() {
    return checkout(origin());
  }

  Checkout checkout(Origin origin) {
    Git git = new Git(this, state.resolve("known hosts"));
    Path store = state.resolve("git").resolve("website.git");
    return Checkout.of(git, origin, new Target(path, style, 3), store);
  }

  CheckoutSurroundings surroundings() {
    return new CheckoutSurroundings(
        Map.of("PATH", System.getenv("PATH"), "HOME", state.toString()),
        (stream, text) -> log.add(text),
        notes::add,
        cancellation,
        Deadline.after(Duration.ofSeconds(30)));
  }

  /** A request with the next release's number. */
  CheckoutRequest wanting(GitRef ref, Optional<CommitId> commit) {
    release++;
    return new CheckoutRequest(ref, commit, new ReleaseNumber(release));
  }

  CheckoutResult result(GitRef ref, Optional<CommitId> commit) throws InterruptedException {
    launches.clear();
    notes.clear();
    log.clear();
    return checkout().checkOut(wanting(ref, commit), surroundings());
  }

  CheckoutResult.Checked checked(GitRef ref, CommitId commit) throws InterruptedException {
    CheckoutResult result = result(ref, Optional.of(commit));
    return assertInstanceOf(CheckoutResult.Checked.class, result, () -> result + ", log: " + log);
  }

  CheckoutResult.Checked checked(CommitId commit) throws InterruptedException {
    return checked(MAIN, commit);
  }

  CheckoutResult.Refused refused(GitRef ref, Optional<CommitId> commit)
      throws InterruptedException {
    return assertInstanceOf(CheckoutResult.Refused.class, result(ref, commit));
  }

  CheckoutResult.Refused refused(CommitId commit) throws InterruptedException {
    return refused(MAIN, Optional.of(commit));
  }

  ReleaseNumber latest() {
    return new ReleaseNumber(release);
  }

  @Override
  public Exit run(Launch launch, Output output, Cancellation asked) throws InterruptedException {
    launches.add(launch);
    return processes.run(launch, output, asked);
  }

  @Override
  public int endAll(RunToken token) throws IOException, InterruptedException {
    return processes.endAll(token);
  }
}
