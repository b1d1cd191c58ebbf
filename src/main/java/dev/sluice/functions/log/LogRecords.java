package dev.sluice.functions.log;

import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;

/** The handler that turns what the framework and the libraries log into our lines. */
public final class LogRecords extends Handler {
  private final Formatter message = new PatternFormatter("%s");
  private final LogLines lines;

  private LogRecords(LogLines lines) {
    this.lines = lines;
  }

  /** Replaces all handlers; the levels of the loggers do not change. */
  public static void divertTo(LogLines lines) {
    Logger root = Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    root.addHandler(new LogRecords(lines));
  }

  @Override
  public void publish(LogRecord logged) {
    lines.write(
        level(logged.getLevel()),
        message.format(logged),
        line -> {
          line.put("logger", String.valueOf(logged.getLoggerName()));
          if (logged.getThrown() != null) {
            LogLines.error(line, logged.getThrown());
          }
        });
  }

  private static LogLevel level(Level level) {
    int value = level.intValue();
    if (value >= Level.SEVERE.intValue()) {
      return LogLevel.ERROR;
    }
    if (value >= Level.WARNING.intValue()) {
      return LogLevel.WARN;
    }
    return value >= Level.INFO.intValue() ? LogLevel.INFO : LogLevel.DEBUG;
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
