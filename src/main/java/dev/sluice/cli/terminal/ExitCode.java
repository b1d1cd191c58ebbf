package dev.sluice.cli.terminal;

import dev.sluice.runtime.report.InvocationReport;
import dev.sluice.runtime.report.TableError;
import dev.sluice.runtime.report.TableReport;
import dev.sluice.spi.ConnectorException;

/** The exit code that tells scripts how a command ended; the most serious comes first. */
public enum ExitCode {
  INTERNAL(1),
  CONFIGURATION(2),
  ACCESS_DENIED(3),
  REFUSED(4),
  TRY_AGAIN(5),
  BUSY(6),
  OK(0);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  /** Returns the most serious one of the tables. */
  public static ExitCode of(InvocationReport report) {
    return report.tables().stream().map(ExitCode::of).min(ExitCode::compareTo).orElse(OK);
  }

  public static ExitCode of(TableReport table) {
    return switch (table.outcome()) {
      case CAUGHT_UP -> OK;
      case OUT_OF_TIME, RATE_LIMITED -> TRY_AGAIN;
      case BUSY -> BUSY;
      case FAILED -> table.error().map(TableError::kind).map(ExitCode::of).orElse(INTERNAL);
    };
  }

  public static ExitCode of(ConnectorException failure) {
    return switch (failure.kind()) {
      case CONFIGURATION -> failure.isAccessDenied() ? ACCESS_DENIED : CONFIGURATION;
      case PROTOCOL -> REFUSED;
      case TRANSIENT -> TRY_AGAIN;
    };
  }

  private static ExitCode of(TableError.Kind kind) {
    return switch (kind) {
      case CONFIGURATION -> CONFIGURATION;
      case ACCESS_DENIED -> ACCESS_DENIED;
      case PROTOCOL -> REFUSED;
      case TRANSIENT -> TRY_AGAIN;
      case INTERNAL, FATAL -> INTERNAL;
    };
  }
}
