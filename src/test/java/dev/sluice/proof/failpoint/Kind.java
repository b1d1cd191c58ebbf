package dev.sluice.proof.failpoint;

import java.util.List;
import java.util.stream.Stream;

/** What runs, where its lake is, and what it finds there. */
record Kind(Program program, FailpointStore store, Beginning beginning) {

  static List<Kind> all() {
    return Stream.of(Program.values())
        .flatMap(program -> Stream.of(FailpointStore.values()).flatMap(store -> of(program, store)))
        .toList();
  }

  /** Each that syncs with each store once, each store with each beginning, and a reset. */
  static List<Kind> some() {
    return List.of(
        new Kind(Program.COMMAND_LINE, FailpointStore.FILE_SYSTEM, Beginning.EMPTY),
        new Kind(Program.COMMAND_LINE, FailpointStore.AWS, Beginning.FILLED),
        new Kind(Program.RESET, FailpointStore.FILE_SYSTEM, Beginning.FILLED),
        new Kind(Program.FUNCTION, FailpointStore.FILE_SYSTEM, Beginning.FILLED),
        new Kind(Program.FUNCTION, FailpointStore.AWS, Beginning.EMPTY));
  }

  private static Stream<Kind> of(Program program, FailpointStore store) {
    return switch (program) {
      case RESET -> Stream.of(new Kind(program, store, Beginning.FILLED));
      case COMMAND_LINE, FUNCTION ->
          Stream.of(Beginning.values()).map(beginning -> new Kind(program, store, beginning));
    };
  }

  @Override
  public String toString() {
    return "%s on %s, %s".formatted(program, store, beginning);
  }
}
