package dev.sluice.spi;

import java.time.Instant;
import java.time.InstantSource;

/**
 * The inputs that one invocation gives its connector.
 *
 * @param options the connection options, with secrets resolved
 * @param startedAt when the invocation began; no offset goes further than this
 * @param clock the time of day, for tokens that expire, waits, and searches up to the present
 */
public record ConnectorContext(
    Options options,
    Instant startedAt,
    Deadline deadline,
    InstantSource clock,
    RequestListener listener) {

  public ConnectorContext with(Options options) {
    return new ConnectorContext(options, startedAt, deadline, clock, listener);
  }

  public ConnectorContext with(Deadline deadline) {
    return new ConnectorContext(options, startedAt, deadline, clock, listener);
  }

  public ConnectorContext with(RequestListener listener) {
    return new ConnectorContext(options, startedAt, deadline, clock, listener);
  }
}
