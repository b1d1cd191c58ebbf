package dev.sluice.testkit;

import java.io.PrintWriter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Writes down what is logged, by whomever. */
final class LogCapture extends Handler {
  private final PrintWriter out;

  private LogCapture(PrintWriter out) {
    this.out = out;
    setFormatter(new SimpleFormatter());
  }

  static void during(PrintWriter out, Runnable action) {
    var lines = new LogCapture(out);
    Logger.getLogger("").addHandler(lines);
    try {
      action.run();
    } finally {
      Logger.getLogger("").removeHandler(lines);
    }
  }

  @Override
  public void publish(LogRecord record) {
    out.println(getFormatter().format(record));
  }

  @Override
  public void flush() {
    out.flush();
  }

  @Override
  public void close() {}
}
