package dev.sluice.proof.failpoint;

/** What a run finds. */
enum Beginning {
  /** Nothing, and the source at its first moment. */
  EMPTY(0),

  /** All of the source's first moment, and the source at its second. */
  FILLED(1);

  private final int moment;

  Beginning(int moment) {
    this.moment = moment;
  }

  /** The moment of the source that the run finds. */
  int moment() {
    return moment;
  }
}
