package dev.sluice.proof.failpoint;

import java.io.IOException;
import java.util.List;

/** One lake, and the runs of one kind that fill it. */
final class Rehearsal {
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
      workshop.connect(scene, shop.url(0), Shop.tables());
      require(Ending.CAUGHT_UP, workshop.runWarm(scene), "first run");
    }
    workshop.connect(scene, shop.url(kind.beginning().moment()), Shop.tables());
  }

  /** Runs to the end, and tells what it passed. */
  List<Failpoint> straightRun() throws IOException, InterruptedException {
    List<Failpoint> failpoints = workshop.record(kind.program(), scene);
    requireExact("straight run", kind.beginning().moment());
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
    workshop.endLeases(scene);
    require(Ending.CAUGHT_UP, workshop.runWarm(scene), what);
    requireExact(what, kind.beginning().moment());
    return first;
  }

  /**
   * Runs to the failpoint and is stopped there, while others take the lake over and two moments
   * further; then it goes on, and then another run follows.
   *
   * @return how it ended that was stopped
   */
  Ending stopAt(Failpoint failpoint) throws IOException, InterruptedException {
    String what = "stopped at " + failpoint;
    int moment = kind.beginning().moment();
    Ending first;
    try (Zombie zombie = workshop.stopAt(failpoint, kind.program(), scene)) {
      workshop.endLeases(scene);
      require(Ending.CAUGHT_UP, workshop.runWarm(scene), what);
      requireExact(what, moment);
      workshop.connect(scene, shop.url(moment + 1), Shop.tables());
      require(Ending.CAUGHT_UP, workshop.runWarm(scene), what);
      first = zombie.wake();
    }
    workshop.endLeases(scene);
    require(Ending.CAUGHT_UP, workshop.runWarm(scene), what + " and woken");
    requireExact(what + " and woken", moment + 1);
    return first;
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
    workshop.endLeases(scene);
    require(Ending.CAUGHT_UP, workshop.runWarm(scene), what);
    requireExact(what, kind.beginning().moment());
    return first;
  }

  private void require(Ending expected, Ending ending, String what) {
    if (ending != expected) {
      throw new AssertionError(
          "%s, %s: %s, not %s: %s".formatted(kind, what, ending, expected, workshop.said()));
    }
  }

  private void requireExact(String what, int moment) {
    try {
      new Stocktaking(shop).requireExact(scene, moment);
    } catch (AssertionError e) {
      throw new AssertionError("%s, %s: %s".formatted(kind, what, e.getMessage()), e);
    }
  }
}
