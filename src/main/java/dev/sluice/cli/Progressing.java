package dev.sluice.cli;

import dev.sluice.runtime.SyncListener;

/** Shows on {@code err} how an invocation goes, until it is closed. */
interface Progressing extends SyncListener, AutoCloseable {

  /** One line that changes on a terminal, lines that follow each other elsewhere. */
  static Progressing on(Surroundings surroundings) {
    var terminal = surroundings.terminal();
    return terminal
        .width()
        .<Progressing>map(width -> new LiveLine(terminal.err(), width, surroundings.clock()))
        .orElseGet(() -> new ProgressLines(terminal.err(), surroundings.clock()));
  }

  @Override
  void close();
}
