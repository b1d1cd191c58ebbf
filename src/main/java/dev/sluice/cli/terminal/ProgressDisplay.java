package dev.sluice.cli.terminal;

import dev.sluice.runtime.report.SyncListener;

/** Shows on {@code err} how an invocation goes, until it is closed. */
interface ProgressDisplay extends SyncListener, AutoCloseable {

  /** One line that changes on a terminal, lines that follow each other elsewhere. */
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
