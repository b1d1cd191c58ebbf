package dev.sluice.cli.terminal;

import dev.sluice.runtime.report.SyncListener;

/** Shows the progress of an invocation on {@code err}, until it is closed. */
interface ProgressDisplay extends SyncListener, AutoCloseable {

  /**
   * Returns a display that changes one line on a terminal, and writes one line after another
   * elsewhere.
   */
  static ProgressDisplay on(CliContext surroundings) {
    var terminal = surroundings.terminal();
    return terminal
        .width()
        .<ProgressDisplay>map(width -> new LiveLine(terminal.err(), width, surroundings.clock()))
        .orElseGet(() -> new ProgressLines(terminal.err(), surroundings.clock()));
  }

  @Override
  void close();
}
