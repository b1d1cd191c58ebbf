package dev.sluice.rest.http;

/**
 * A way to send a request and get its response. A client's exchange is a chain of them: each one
 * does one thing, such as to add credentials, and leaves the rest to the next. May be used from any
 * thread.
 */
@FunctionalInterface
public interface Exchange {

  /**
   * Returns the response as soon as all of it has arrived.
   *
   * @throws RetryableFailure when the same call may succeed later
   * @throws dev.sluice.spi.ConnectorException when it will not
   */
  Answer send(Call call) throws RetryableFailure, InterruptedException;
}
