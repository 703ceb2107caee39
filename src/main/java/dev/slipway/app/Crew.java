package dev.slipway.app;

import dev.slipway.time.Bell;
import dev.slipway.time.Loop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The daemon's threads: one named virtual thread per loop. Closing ends them in the reverse order
 * of their start and waits for each.
 */
final class Crew implements AutoCloseable {
  /** How long a thread may take to end by itself. */
  private static final Duration COURTESY = Duration.ofMillis(200);

  /** How long a thread that was interrupted may take to end. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Deque<Member> members = new ArrayDeque<>();
  private final Consumer<Throwable> fatal;
  private boolean closed;

  Crew(Consumer<Throwable> fatal) {
    this.fatal = fatal;
  }

  /** One loop and its thread. */
  static final class Member {
    private final LoopThread loop;
    private final Thread thread;

    private Member(LoopThread loop, Thread thread) {
      this.loop = loop;
      this.thread = thread;
    }

    /** Lets the loop end after its step; does not wait. */
    void end() {
      loop.end();
    }

    /** Whether its thread is gone. */
    boolean hasEnded() {
      return !thread.isAlive();
    }

    /** Waits for the loop's end; says whether it came in time. */
    boolean join(Duration atMost) throws InterruptedException {
      return thread.join(atMost);
    }

    /** Ends the loop in the middle of its step. */
    void interrupt() {
      thread.interrupt();
    }
  }

  /** Starts a loop; {@code bell} cuts its rests short. After the end it ends at once. */
  synchronized Member start(String name, Loop loop, Bell bell) {
    members.removeIf(Member::hasEnded);
    LoopThread body = new LoopThread(name, loop, bell, fatal);
    if (closed) {
      body.end();
    }
    Member member = new Member(body, Thread.ofVirtual().name(name).start(body));
    members.push(member);
    return member;
  }

  /** Not under the lock: a loop that is waited for may be starting another one. */
  @Override
  public void close() {
    boolean interrupted = false;
    for (Member member = next(); member != null; member = next()) {
      member.end();
      try {
        if (!member.join(COURTESY)) {
          member.interrupt();
          boolean _ = member.join(PATIENCE);
        }
      } catch (InterruptedException again) {
        interrupted = true;
        member.interrupt();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized @Nullable Member next() {
    closed = true;
    return members.poll();
  }
}
