package dev.sluice.cli.terminal;

import dev.sluice.runtime.Cancellation;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A handler of signals that is active until it is closed. The first SIGINT or SIGTERM asks the run
 * to stop at its next commit, and the second ends the process at once. Nothing is lost by either: a
 * batch that was not committed is read again.
 */
public final class Interrupts implements AutoCloseable {
  private final Cancellation cancellation;
  private final PrintStream err;
  private final Map<String, Object> before = new LinkedHashMap<>();

  private Interrupts(Cancellation cancellation, PrintStream err) {
    this.cancellation = cancellation;
    this.err = err;
  }

  public static Interrupts stopping(Cancellation cancellation, PrintStream err) {
    var interrupts = new Interrupts(cancellation, err);
    for (String signal : List.of("INT", "TERM")) {
      interrupts.before.put(signal, Signals.handle(signal, interrupts::interrupted));
    }
    return interrupts;
  }

  private void interrupted() {
    if (cancellation.isRequested()) {
      Runtime.getRuntime().halt(ExitCode.TRY_AGAIN.number());
    }
    cancellation.request();
    err.println("Stopping at the next commit. Press Ctrl-C again to stop at once.");
  }

  @Override
  public void close() {
    before.forEach(Signals::restore);
  }
}
