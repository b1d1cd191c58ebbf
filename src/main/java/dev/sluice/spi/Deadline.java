package dev.sluice.spi;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The instant by which an invocation must be done. Nothing sleeps past it. */
public final class Deadline {
  private final InstantSource clock;
  private final Instant end;

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
    return !clock.instant().isBefore(end);
  }

  /** Returns the time left; zero when the deadline is past. */
  public Duration remaining() {
    var left = Duration.between(clock.instant(), end);
    return left.isNegative() ? Duration.ZERO : left;
  }

  public Instant end() {
    return end;
  }
}
