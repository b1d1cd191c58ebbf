package dev.sluice.spi;

import java.time.Duration;

/** The machine's monotonic clock. */
enum SystemMonotonicClock implements MonotonicClock {
  INSTANCE;

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void sleep(Duration pause) throws InterruptedException {
    Thread.sleep(pause);
  }
}
