package dev.sluice.proof.failpoint;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** One lake, and the runs of one kind that fill it. */
final class Rehearsal {
  private static final int MOST_RECORDS = 2;

  private final Shop shop;
  private final Workshop workshop;
  private final Kind kind;
  private final Scene scene;

  Rehearsal(Shop shop, Workshop workshop, Kind kind) throws IOException {
    this.shop = shop;
    this.workshop = workshop;
    this.kind = kind;
    this.scene = workshop.scene(kind.store());
    if (kind.beginning() == Beginning.FILLED) {
      workshop.connect(scene, shop.url(), 0, Shop.tables(MOST_RECORDS));
      require(Ending.CAUGHT_UP, workshop.runWarm(scene), "first run");
    }
    workshop.connect(scene, shop.url(), kind.beginning().moment(), Shop.tables(MOST_RECORDS));
  }

  /** Runs to the end, and tells what it passed. */
  List<Failpoint> straightRun() throws IOException, InterruptedException {
    List<Failpoint> failpoints = workshop.record(kind.program(), scene);
    goOn("straight run", kind.beginning().moment());
    return failpoints;
  }

  /**
   * Runs to the failpoint, and then to the end.
   *
   * @return how the first of the two ended
   */
  Ending haltAt(Failpoint failpoint) throws IOException, InterruptedException {
    String what = "after " + failpoint;
    Ending first = workshop.runTo(failpoint, kind.program(), scene);
    goOn(what, kind.beginning().moment());
    return first == Ending.CAUGHT_UP ? Ending.NOT_REACHED : first;
  }

  /**
   * Runs to the failpoint and is stopped there, while others take the lake over and two moments
   * further; then it goes on, and then another run follows.
   *
   * @return how it ended that was stopped
   */
  Ending stopAt(Failpoint failpoint) throws IOException, InterruptedException {
    Optional<Zombie> stopped = workshop.stopAt(failpoint, kind.program(), scene);
    if (stopped.isEmpty()) {
      goOn("without " + failpoint, kind.beginning().moment());
      return Ending.NOT_REACHED;
    }
    try (Zombie zombie = stopped.get()) {
      return wakeLater(zombie, "stopped at " + failpoint);
    }
  }

  private Ending wakeLater(Zombie zombie, String what) throws IOException, InterruptedException {
    int moment = kind.beginning().moment();
    workshop.endLeases(scene);
    // Their microbatches begin where the zombie's do, and end elsewhere.
    workshop.connect(scene, shop.url(), moment, Shop.tables(MOST_RECORDS + 1));
    require(Ending.CAUGHT_UP, workshop.runWarm(scene), what);
    if (kind.program() != Program.RESET) {
      requireExact(what, moment);
    }
    workshop.connect(scene, shop.url(), moment + 1, Shop.tables(MOST_RECORDS + 1));
    require(Ending.CAUGHT_UP, workshop.runWarm(scene), what);
    Ending end = zombie.wake();
    if (end == Ending.FAILED) {
      throw new AssertionError("%s, %s and woken: %s".formatted(kind, what, workshop.said()));
    }
    goOn(what + " and woken", moment + 1);
    return end;
  }

  /**
   * Is killed with SIGKILL a moment after so many failpoints, wherever it is by then, and runs to
   * the end.
   *
   * @return how it ended that was to be killed
   */
  Ending killAfter(int failpoints) throws IOException, InterruptedException {
    String what = "killed after %d failpoints".formatted(failpoints);
    Ending first = workshop.killAfter(failpoints, kind.program(), scene);
    goOn(what, kind.beginning().moment());
    return first;
  }

  /** Whoever wanted a reset asks for it again. */
  private void goOn(String what, int moment) throws IOException, InterruptedException {
    workshop.endLeases(scene);
    if (kind.program() == Program.RESET) {
      workshop.record(Program.RESET, scene);
    }
    require(Ending.CAUGHT_UP, workshop.runWarm(scene), what);
    requireExact(what, moment);
  }

  private void require(Ending expected, Ending ending, String what) {
    if (ending != expected) {
      throw new AssertionError(
          "%s, %s: %s, not %s: %s".formatted(kind, what, ending, expected, workshop.said()));
    }
  }

  private void requireExact(String what, int moment) {
    try {
      switch (kind.program()) {
        case COMMAND_LINE, FUNCTION -> new Stocktaking(shop).requireExact(scene, moment);
        case RESET -> new Stocktaking(shop).requireAnew(scene, moment);
      }
    } catch (AssertionError e) {
      throw new AssertionError("%s, %s: %s".formatted(kind, what, e.getMessage()), e);
    }
  }
}
