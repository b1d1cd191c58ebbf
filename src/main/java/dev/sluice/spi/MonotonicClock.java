package dev.sluice.spi;

import java.time.Duration;

/**
 * A clock that runs evenly, and the only place to wait for it. It measures spans of time and knows
 * no time of day.
 */
public interface MonotonicClock {

  /** Nanoseconds since some moment. */
  long nanoTime();

  /** Returns when the time has passed. */
  void sleep(Duration pause) throws InterruptedException;

  /** The clock of this machine. */
  static MonotonicClock system() {
    return SystemMonotonicClock.INSTANCE;
  }
}
