package dev.sluice.rest.http;

import dev.sluice.spi.ConnectorException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An attempt that failed although the next one may succeed. */
public final class RetryableFailure extends Exception {
  private final ConnectorException.Kind kind;
  private final Optional<Instant> resumeAt;

  private RetryableFailure(
      ConnectorException.Kind kind,
      String message,
      Optional<Instant> resumeAt,
      @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.resumeAt = resumeAt;
  }

  /** Returns a temporary failure; the source may have said when it ends. */
  static RetryableFailure passing(String message, Optional<Instant> resumeAt) {
    return new RetryableFailure(ConnectorException.Kind.TRANSIENT, message, resumeAt, null);
  }

  /** Returns the failure of a connection that broke. */
  static RetryableFailure io(String message, @Nullable Throwable cause) {
    return new RetryableFailure(
        ConnectorException.Kind.TRANSIENT, message, Optional.empty(), cause);
  }

  /**
   * Returns the failure for a response that cannot be read; a broken connection may be the reason.
   */
  public static RetryableFailure unreadable(String message) {
    return new RetryableFailure(ConnectorException.Kind.PROTOCOL, message, Optional.empty(), null);
  }

  Optional<Instant> resumeAt() {
    return resumeAt;
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
    if (resumeAt.isPresent()) {
      return ConnectorException.rateLimited(message, resumeAt.get());
    }
    Throwable cause = getCause();
    return cause == null
        ? ConnectorException.transientFailure(message)
        : ConnectorException.transientFailure(message, cause);
  }
}
