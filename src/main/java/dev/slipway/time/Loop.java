package dev.slipway.time;

import java.time.Duration;

/** Something that is done again and again by one thread. */
@FunctionalInterface
public interface Loop {
  /**
   * Does what can be done now.
   *
   * @return how long to rest before the next step, unless the bell rings; zero: go on at once
   * @throws Exception what the surroundings did (disk, database, network): the step is tried again
   *     later, with growing rests
   */
  Duration step() throws Exception;
}
