package dev.slipway.spool;

import dev.slipway.time.Monotonic;
import dev.slipway.vocabulary.EntryName;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The names of one directory as last listed, in order. A long queue is not listed anew for each
 * entry: only when the names are used up, or when a while has passed that grows with what a listing
 * costs, up to {@link #LONGEST}. So draining stays linear, and what an operator changes is still
 * seen soon. One thread.
 */
public final class Backlog {
  /** How old a listing may be at least before it is renewed. */
  public static final Duration SWEEP = Duration.ofSeconds(1);

  /** A listing may take one part in so many of the time, as long as nobody waits for it. */
  private static final int SHARE = 20;

  /** How old a listing may become: what an operator does is seen within two seconds. */
  static final Duration LONGEST = Duration.ofMillis(1_500);

  /** A listing that takes longer than that may take one part in so many of the time after all. */
  private static final int LARGEST_SHARE = 3;

  /** How many names are kept at most; what is behind them is listed again in its time. */
  static final int LIMIT = 25_000;

  private final Monotonic ticker;
  private final Deque<EntryName> names = new ArrayDeque<>();
  private long listedAt;
  private long cost;

  public Backlog(Monotonic ticker) {
    this.ticker = ticker;
  }

  /** Whether the directory should be listed now. */
  public boolean isDue() {
    return names.isEmpty() || ticker.nanos() - listedAt >= lifetime();
  }

  private long lifetime() {
    long longest = Math.max(LONGEST.toNanos(), LARGEST_SHARE * cost);
    return Math.max(SWEEP.toNanos(), Math.min(SHARE * cost, longest));
  }

  /** Takes over a listing, in order, that was begun at {@code since} of the same ticker. */
  public void fill(Collection<EntryName> listing, long since) {
    listedAt = ticker.nanos();
    cost = listedAt - since;
    names.clear();
    listing.stream().limit(LIMIT).forEach(names::add);
  }

  /** Drops the listing, so that the next look is at the directory. */
  public void clear() {
    names.clear();
  }

  /** The first name, without taking it. */
  public Optional<EntryName> first() {
    return Optional.ofNullable(names.peekFirst());
  }

  /** Takes the first name. */
  public Optional<EntryName> next() {
    return Optional.ofNullable(names.pollFirst());
  }

  /** The first names, without taking them. */
  public List<EntryName> first(int atMost) {
    return names.stream().limit(atMost).toList();
  }

  /** The last names, the very last one first, without taking them. */
  public List<EntryName> last(int atMost) {
    List<EntryName> last = new ArrayList<>();
    Iterator<EntryName> backwards = names.descendingIterator();
    while (backwards.hasNext() && last.size() < atMost) {
      last.add(backwards.next());
    }
    return last;
  }

  /** Drops names that are not there any more. */
  public void drop(Collection<EntryName> gone) {
    if (!gone.isEmpty()) {
      names.removeAll(Set.copyOf(gone));
    }
  }

  public int size() {
    return names.size();
  }
}
