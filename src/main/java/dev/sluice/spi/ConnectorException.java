package dev.sluice.spi;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The only exception that connectors throw. Its kind says who must act. Its message says what was
 * wrong, the value, where, and what to do; it never holds a secret.
 */
public final class ConnectorException extends RuntimeException {

  /** Says who must act. */
  public enum Kind {
    /** The operator must act: an option, a credential or a permission is wrong. */
    CONFIGURATION,
    /** Nobody must act: the next invocation tries again. */
    TRANSIENT,
    /** The connector's author must act: the source's response is not what was expected. */
    PROTOCOL
  }

  /** What a refusal is about. */
  private enum Refused {
    CREDENTIAL,
    ABSENT,
    OTHER
  }

  private final Kind kind;
  private final Refused refused;
  private final Optional<Instant> resumeAt;

  private ConnectorException(
      Kind kind,
      Refused refused,
      Optional<Instant> resumeAt,
      String message,
      @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.refused = refused;
    this.resumeAt = resumeAt;
  }

  public static ConnectorException configuration(String message) {
    return new ConnectorException(
        Kind.CONFIGURATION, Refused.OTHER, Optional.empty(), message, null);
  }

  public static ConnectorException configuration(String message, Throwable cause) {
    return new ConnectorException(
        Kind.CONFIGURATION, Refused.OTHER, Optional.empty(), message, cause);
  }

  /** Returns a {@link Kind#CONFIGURATION} error: the connector lists no such table. */
  public static ConnectorException unknownTable(String name, List<String> known) {
    return configuration(
        "Unknown table '%s'; known are %s".formatted(name, String.join(", ", known)));
  }

  /** Returns a {@link Kind#CONFIGURATION} error: the credential is wrong or lacks a permission. */
  public static ConnectorException accessDenied(String message) {
    return new ConnectorException(
        Kind.CONFIGURATION, Refused.CREDENTIAL, Optional.empty(), message, null);
  }

  /** Returns a {@link Kind#CONFIGURATION} error: what was asked for is not there, or no longer. */
  public static ConnectorException absent(String message) {
    return new ConnectorException(
        Kind.CONFIGURATION, Refused.ABSENT, Optional.empty(), message, null);
  }

  public static ConnectorException transientFailure(String message) {
    return new ConnectorException(Kind.TRANSIENT, Refused.OTHER, Optional.empty(), message, null);
  }

  public static ConnectorException transientFailure(String message, Throwable cause) {
    return new ConnectorException(Kind.TRANSIENT, Refused.OTHER, Optional.empty(), message, cause);
  }

  /**
   * Returns an error for a source that asks us to wait: a retry before {@code resumeAt} is
   * pointless.
   */
  public static ConnectorException rateLimited(String message, Instant resumeAt) {
    return new ConnectorException(
        Kind.TRANSIENT, Refused.OTHER, Optional.of(resumeAt), message, null);
  }

  public static ConnectorException protocol(String message) {
    return new ConnectorException(Kind.PROTOCOL, Refused.OTHER, Optional.empty(), message, null);
  }

  public static ConnectorException protocol(String message, Throwable cause) {
    return new ConnectorException(Kind.PROTOCOL, Refused.OTHER, Optional.empty(), message, cause);
  }

  /** Returns the same error with its place in front of the message. */
  public ConnectorException at(String place) {
    return new ConnectorException(kind, refused, resumeAt, place + ": " + getMessage(), this);
  }

  public Kind kind() {
    return kind;
  }

  /** Returns whether the source refused the credential, with 401 or 403. */
  public boolean isAccessDenied() {
    return refused == Refused.CREDENTIAL;
  }

  /** Returns whether the source says that there is no such thing, with 404 or 410. */
  public boolean isAbsent() {
    return refused == Refused.ABSENT;
  }

  /** Returns when a retry makes sense, if the source said so. */
  public Optional<Instant> resumeAt() {
    return resumeAt;
  }
}
