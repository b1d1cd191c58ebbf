package dev.sluice.runtime.report;

import dev.sluice.runtime.checkpoint.ContentionException;
import dev.sluice.runtime.checkpoint.FencedException;
import dev.sluice.runtime.checkpoint.OutcomeUnknownException;
import dev.sluice.spi.ConnectorException;

/** Why a table was not synced to its end. */
public record TableError(Kind kind, String message) {

  /** Who must act. */
  public enum Kind {
    CONFIGURATION("CONFIGURATION"),
    /** The source refused the credential; to scripts a configuration error. */
    ACCESS_DENIED("CONFIGURATION"),
    TRANSIENT("TRANSIENT"),
    PROTOCOL("PROTOCOL"),
    /** A bug of ours or the connector's, or a disk that is full. */
    INTERNAL("INTERNAL"),
    /** As {@link #INTERNAL}, and the process is in no state to go on. */
    FATAL("INTERNAL");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** The name in reports. */
    public String label() {
      return label;
    }
  }

  public static TableError of(Throwable failure) {
    return switch (failure) {
      case ConnectorException connector -> new TableError(kind(connector), message(connector));
      case ContentionException contention -> new TableError(Kind.TRANSIENT, message(contention));
      case OutcomeUnknownException unknown -> new TableError(Kind.TRANSIENT, message(unknown));
      case FencedException fenced -> new TableError(Kind.TRANSIENT, message(fenced));
      case Error error -> new TableError(Kind.FATAL, error.toString());
      default -> new TableError(Kind.INTERNAL, failure.toString());
    };
  }

  private static Kind kind(ConnectorException failure) {
    return switch (failure.kind()) {
      case CONFIGURATION -> failure.isAccessDenied() ? Kind.ACCESS_DENIED : Kind.CONFIGURATION;
      case TRANSIENT -> Kind.TRANSIENT;
      case PROTOCOL -> Kind.PROTOCOL;
    };
  }

  private static String message(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.toString() : message;
  }
}
