package dev.sluice.spi;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * The instant by which an invocation must be done. Nothing sleeps past it. May be used from any
 * thread.
 */
public final class Deadline {
  private final InstantSource clock;
  private final Instant end;
  private final Set<Thread> waiting = new HashSet<>();
  private volatile boolean expired;

  private Deadline(InstantSource clock, Instant end) {
    this.clock = clock;
    this.end = end;
  }

  public static Deadline at(Instant end, InstantSource clock) {
    return new Deadline(clock, end);
  }

  public static Deadline after(Duration time, InstantSource clock) {
    return new Deadline(clock, clock.instant().plus(time));
  }

  /** Returns whether a pause of this length would end before the deadline. */
  public boolean allows(Duration pause) {
    return pause.compareTo(remaining()) < 0;
  }

  public boolean isPast() {
    return expired || !clock.instant().isBefore(end);
  }

  /** Returns the time left; zero when the deadline is past. */
  public Duration remaining() {
    var left = Duration.between(clock.instant(), end);
    return expired || left.isNegative() ? Duration.ZERO : left;
  }

  public Instant end() {
    return end;
  }

  /** Ends the time that is left. Whoever {@linkplain #await waits} meanwhile is interrupted. */
  public synchronized void expire() {
    expired = true;
    waiting.forEach(Thread::interrupt);
  }

  /**
   * Makes a call that waits for something: for a pause to pass, or for a response.
   *
   * @throws InterruptedException when the time is ended meanwhile; the thread is not interrupted
   *     any more then
   */
  public <T> T await(Callable<T> call) throws Exception {
    begin();
    try {
      return call.call();
    } finally {
      end(Thread.currentThread());
    }
  }

  private synchronized void begin() {
    waiting.add(Thread.currentThread());
  }

  private synchronized void end(Thread thread) {
    waiting.remove(thread);
    if (expired) {
      boolean unused = Thread.interrupted(); // for the wait that is over, not for what follows
    }
  }
}
