package dev.slipway.app;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Which part of the daemon a process is. */
public enum Role {
  /** Both parts in one process. */
  ALL,
  /** The listener alone: needs the disk and nothing else. */
  INTAKE,
  /** Everything behind it. */
  WORK;

  boolean hasIntake() {
    return this != WORK;
  }

  boolean hasWork() {
    return this != INTAKE;
  }

  /** The word on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The role of this word, if it is one. */
  public static Optional<Role> of(String word) {
    return Stream.of(values()).filter(role -> role.word().equals(word)).findFirst();
  }
}
