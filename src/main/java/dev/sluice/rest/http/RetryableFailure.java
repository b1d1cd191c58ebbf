package dev.sluice.rest.http;

import dev.sluice.spi.ConnectorException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An attempt that failed although the next one may succeed. */
public final class RetryableFailure extends Exception {
  private final ConnectorException.Kind kind;
  private final Optional<Instant> resumeAt;
  private final Optional<Instant> untold;
  private final boolean mayAskTooMuch;

  private RetryableFailure(
      ConnectorException.Kind kind,
      String message,
      Optional<Instant> resumeAt,
      Optional<Instant> untold,
      boolean mayAskTooMuch,
      @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.resumeAt = resumeAt;
    this.untold = untold;
    this.mayAskTooMuch = mayAskTooMuch;
  }

  /** Returns a temporary failure; the source may have said when it ends. */
  static RetryableFailure passing(String message, Optional<Instant> resumeAt) {
    return new RetryableFailure(
        ConnectorException.Kind.TRANSIENT, message, resumeAt, Optional.empty(), false, null);
  }

  /**
   * Returns the failure of a request that may have asked for more than the source can give: an
   * error of the server, or no answer in time.
   */
  static RetryableFailure perhapsTooMuch(String message) {
    return new RetryableFailure(
        ConnectorException.Kind.TRANSIENT, message, Optional.empty(), Optional.empty(), true, null);
  }

  /**
   * Returns a refusal because of a limit, which holds for every other request as well.
   *
   * @param untold when to come back after the last attempt if the source did not say it
   */
  static RetryableFailure limited(String message, Optional<Instant> resumeAt, Instant untold) {
    return new RetryableFailure(
        ConnectorException.Kind.TRANSIENT, message, resumeAt, Optional.of(untold), false, null);
  }

  /** Returns the failure of a connection that broke. */
  static RetryableFailure io(String message, @Nullable Throwable cause) {
    return new RetryableFailure(
        ConnectorException.Kind.TRANSIENT,
        message,
        Optional.empty(),
        Optional.empty(),
        false,
        cause);
  }

  /**
   * Returns the failure for a response that cannot be read; a broken connection may be the reason.
   */
  public static RetryableFailure unreadable(String message) {
    return new RetryableFailure(
        ConnectorException.Kind.PROTOCOL, message, Optional.empty(), Optional.empty(), false, null);
  }

  Optional<Instant> resumeAt() {
    return resumeAt;
  }

  boolean mayAskTooMuch() {
    return mayAskTooMuch;
  }

  String reason() {
    return String.valueOf(getMessage());
  }

  /** Returns the exception to throw when there is no further attempt. */
  ConnectorException exhausted(String why) {
    String message = reason() + " (" + why + ")";
    if (kind == ConnectorException.Kind.PROTOCOL) {
      return ConnectorException.protocol(message);
    }
    Optional<Instant> later = resumeAt.or(() -> untold);
    if (later.isPresent()) {
      return ConnectorException.rateLimited(message, later.get());
    }
    Throwable cause = getCause();
    return cause == null
        ? ConnectorException.transientFailure(message)
        : ConnectorException.transientFailure(message, cause);
  }
}
