package dev.sluice.spi;

import java.time.Duration;

/**
 * A clock that runs evenly, and the only place where code waits for time to pass. It measures spans
 * of time and knows no time of day.
 */
public interface MonotonicClock {

  /** Returns the nanoseconds since some fixed moment. */
  long nanoTime();

  /** Returns when this time has passed. */
  void sleep(Duration pause) throws InterruptedException;

  /** Returns the clock of this machine. */
  static MonotonicClock system() {
    return SystemMonotonicClock.INSTANCE;
  }
}
