package dev.sluice.runtime.checkpoint;

/** Says that another run has moved the table on to another generation; this run must stop. */
public final class FencedException extends RuntimeException {

  public FencedException(Destination destination, int generation) {
    super(
        "Table %s has left generation %d behind: it was reset or finished by another run"
            .formatted(destination, generation));
  }
}
