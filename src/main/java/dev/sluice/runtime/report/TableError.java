package dev.sluice.runtime.report;

import dev.sluice.runtime.checkpoint.ContentionException;
import dev.sluice.runtime.checkpoint.FencedException;
import dev.sluice.runtime.checkpoint.OutcomeUnknownException;
import dev.sluice.spi.ConnectorException;

/** The reason why a table was not synced to its end. */
public record TableError(Kind kind, String message) {

  /** The kinds of error, by who must act. */
  public enum Kind {
    CONFIGURATION("CONFIGURATION"),
    /** The source refused the credential; scripts see a configuration error. */
    ACCESS_DENIED("CONFIGURATION"),
    TRANSIENT("TRANSIENT"),
    PROTOCOL("PROTOCOL"),
    /** A bug of Sluice or the connector, or a full disk. */
    INTERNAL("INTERNAL"),
    /** An error like {@link #INTERNAL} after which the process is in no state to continue. */
    FATAL("INTERNAL");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** Returns the name in reports. */
    public String label() {
      return label;
    }
  }

  /** Returns whether the other flow of the table may still be read. */
  public boolean isOfOneFlow() {
    return switch (kind) {
      case TRANSIENT, PROTOCOL, INTERNAL -> true;
      case CONFIGURATION, ACCESS_DENIED, FATAL -> false;
    };
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
