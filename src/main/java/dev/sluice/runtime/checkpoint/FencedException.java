package dev.sluice.runtime.checkpoint;

/** Another run has taken the table further, into another generation; this one must stop. */
public final class FencedException extends RuntimeException {

  public FencedException(Destination destination, int generation) {
    super(
        "Table %s has left generation %d behind: it was reset or finished by another run"
            .formatted(destination, generation));
  }
}
