package dev.slipway.process;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A program and all that it started: what is in its session, in whatever process group, what
 * descends from it though it made a session of its own, and what carries its run token though no
 * parent of it is left. A descendant that was seen once is remembered after its parents are gone.
 * One thread.
 */
final class Session {
  private final int leader;
  private final Optional<String> token;
  private final Set<ProcessTable.Entry> escaped = new HashSet<>();

  /**
   * The session that the process {@code leader} was started in.
   *
   * @param token the run token in its environment
   */
  Session(int leader, Optional<String> token) {
    this.leader = leader;
    this.token = token;
  }

  /**
   * Sends a signal to all that lives; says whether anything did.
   *
   * @throws IOException when the system does not show what lives; the program itself and its group
   *     have got the signal nevertheless
   */
  boolean signal(int signal) throws IOException {
    Collection<ProcessTable.Entry> members;
    try {
      members = members();
    } catch (IOException blind) {
      Posix.kill(-leader, signal);
      throw blind;
    }
    // The group at once first, so that none of it sees another one end before its own signal.
    if (members.stream().anyMatch(member -> member.group() == leader)) {
      Posix.kill(-leader, signal);
    }
    members.stream()
        .filter(member -> member.group() != leader)
        .forEach(member -> Posix.kill(member.pid(), signal));
    return !members.isEmpty();
  }

  /** Whether nothing of it lives. */
  boolean isEmpty() throws IOException {
    return members().isEmpty();
  }

  /** What lives of it now. */
  Collection<ProcessTable.Entry> members() throws IOException {
    List<ProcessTable.Entry> all = ProcessTable.all();
    Map<Integer, ProcessTable.Entry> members = new HashMap<>();
    all.stream()
        .filter(entry -> entry.session() == leader || isKnown(entry))
        .forEach(entry -> members.put(entry.pid(), entry));
    if (token.isPresent()) {
      ProcessTable.holding(RunToken.VARIABLE, token.get())
          .forEach(entry -> members.putIfAbsent(entry.pid(), entry));
    }
    boolean grew = true;
    while (grew) {
      grew = false;
      for (ProcessTable.Entry entry : all) {
        if (members.containsKey(entry.parent())
            && members.putIfAbsent(entry.pid(), entry) == null) {
          escaped.add(entry);
          grew = true;
        }
      }
    }
    return members.values();
  }

  private boolean isKnown(ProcessTable.Entry entry) {
    return escaped.stream()
        .anyMatch(known -> known.pid() == entry.pid() && known.started() == entry.started());
  }
}
