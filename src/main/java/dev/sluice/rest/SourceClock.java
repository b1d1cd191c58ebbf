package dev.sluice.rest;

import dev.sluice.rest.http.Answer;
import dev.sluice.rest.http.Exchange;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;

/**
 * The clock of a source, as the {@code Date} headers of its responses show it beside ours. It only
 * tells how far the source is behind: where it is ahead, our clock is the earlier one. A date that
 * is more than a day away is not believed. May be used from any thread.
 */
public final class SourceClock {
  private static final Duration MOST = Duration.ofDays(1);
  private static final Duration PRECISION = Duration.ofSeconds(1);

  private final InstantSource ours;
  private Duration leastLag = Duration.ZERO;
  private Duration mostLag = Duration.ZERO;

  /** Creates a clock that agrees with ours until a response tells otherwise. */
  public SourceClock(InstantSource ours) {
    this.ours = ours;
  }

  /** Reads the dates of the responses that an exchange receives. */
  Exchange observing(Exchange exchange) {
    return call -> {
      Instant sent = ours.instant();
      Answer answer = exchange.send(call);
      boolean isFresh = answer.header("age").isEmpty();
      if (answer.isOk() && isFresh) {
        answer.header("date").ifPresent(date -> observe(sent, date, ours.instant()));
      }
      return answer;
    };
  }

  private void observe(Instant sent, String header, Instant received) {
    Instant date;
    try {
      date = DateTimeFormatter.RFC_1123_DATE_TIME.parse(header, Instant::from);
    } catch (DateTimeException e) {
      return; // as good as none
    }
    observe(sent, date, received);
  }

  /** Compares a date that the source showed at some moment between two instants of ours. */
  public synchronized void observe(Instant sent, Instant date, Instant received) {
    Duration least = Duration.between(date.plus(PRECISION), sent);
    Duration most = Duration.between(date, received);
    if (!least.isPositive() || most.compareTo(MOST) > 0) {
      return;
    }
    leastLag = later(leastLag, least);
    mostLag = later(mostLag, most);
  }

  private static Duration later(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  /** Returns what the source's clock showed at an instant of ours, or a little before that. */
  public synchronized Instant earliest(Instant at) {
    return at.minus(mostLag);
  }

  /**
   * Returns what the source's clock showed at an instant of ours, or a little after that; not later
   * than ours.
   */
  public synchronized Instant latest(Instant at) {
    return at.minus(leastLag);
  }

  /** Returns how far our clock has come. */
  public Instant ours() {
    return ours.instant();
  }
}
