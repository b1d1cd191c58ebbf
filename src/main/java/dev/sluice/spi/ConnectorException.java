package dev.sluice.spi;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one exception of connectors. Its kind says who must act; its message says what was wrong, the
 * value, where, and what to do, and never holds a secret.
 */
public final class ConnectorException extends RuntimeException {

  /** Who must act. */
  public enum Kind {
    /** The operator: an option, a credential, a permission. */
    CONFIGURATION,
    /** Nobody: the next invocation tries again. */
    TRANSIENT,
    /** The connector's author: the source answers differently from what was expected. */
    PROTOCOL
  }

  private final Kind kind;
  private final boolean accessDenied;
  private final Optional<Instant> resumeAt;

  private ConnectorException(
      Kind kind,
      boolean accessDenied,
      Optional<Instant> resumeAt,
      String message,
      @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.accessDenied = accessDenied;
    this.resumeAt = resumeAt;
  }

  public static ConnectorException configuration(String message) {
    return new ConnectorException(Kind.CONFIGURATION, false, Optional.empty(), message, null);
  }

  public static ConnectorException configuration(String message, Throwable cause) {
    return new ConnectorException(Kind.CONFIGURATION, false, Optional.empty(), message, cause);
  }

  /** A {@link Kind#CONFIGURATION} error: no such table among those that the connector lists. */
  public static ConnectorException unknownTable(String name, List<String> known) {
    return configuration(
        "Unknown table '%s'; known are %s".formatted(name, String.join(", ", known)));
  }

  /** A {@link Kind#CONFIGURATION} error: the credential is wrong or lacks a permission. */
  public static ConnectorException accessDenied(String message) {
    return new ConnectorException(Kind.CONFIGURATION, true, Optional.empty(), message, null);
  }

  public static ConnectorException transientFailure(String message) {
    return new ConnectorException(Kind.TRANSIENT, false, Optional.empty(), message, null);
  }

  public static ConnectorException transientFailure(String message, Throwable cause) {
    return new ConnectorException(Kind.TRANSIENT, false, Optional.empty(), message, cause);
  }

  /** The source asks us to wait: trying before {@code resumeAt} is pointless. */
  public static ConnectorException rateLimited(String message, Instant resumeAt) {
    return new ConnectorException(Kind.TRANSIENT, false, Optional.of(resumeAt), message, null);
  }

  public static ConnectorException protocol(String message) {
    return new ConnectorException(Kind.PROTOCOL, false, Optional.empty(), message, null);
  }

  public static ConnectorException protocol(String message, Throwable cause) {
    return new ConnectorException(Kind.PROTOCOL, false, Optional.empty(), message, cause);
  }

  /** The same error, with its place put in front of the message. */
  public ConnectorException at(String place) {
    return new ConnectorException(kind, accessDenied, resumeAt, place + ": " + getMessage(), this);
  }

  public Kind kind() {
    return kind;
  }

  /** Whether the source refused the credential: 401 or 403. */
  public boolean isAccessDenied() {
    return accessDenied;
  }

  /** When the source said that trying again makes sense. */
  public Optional<Instant> resumeAt() {
    return resumeAt;
  }
}
