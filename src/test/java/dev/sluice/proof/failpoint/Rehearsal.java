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
      workshop.connect(scene, shop.before(), Shop.tables());
      require(Ending.CAUGHT_UP, workshop.runWarm(scene), "first run");
    }
    workshop.connect(scene, shop.url(kind.beginning()), Shop.tables());
  }

  /** Runs to the end, and tells what it passed. */
  List<Failpoint> straightRun() throws IOException, InterruptedException {
    List<Failpoint> failpoints = workshop.record(kind.program(), scene);
    requireExact("straight run");
    return failpoints;
  }

  /**
   * Runs to the failpoint, and then to the end.
   *
   * @return how the first of the two ended
   */
  Ending haltAt(Failpoint failpoint) throws InterruptedException {
    String what = "after " + failpoint;
    Ending first = workshop.runTo(failpoint, kind.program(), scene);
    workshop.endLeases();
    require(Ending.CAUGHT_UP, workshop.goOn(kind.program(), scene), what);
    requireExact(what);
    return first;
  }

  private void require(Ending expected, Ending ending, String what) {
    if (ending != expected) {
      throw new AssertionError(
          "%s, %s: %s, not %s: %s".formatted(kind, what, ending, expected, workshop.said()));
    }
  }

  private void requireExact(String what) {
    try {
      new Stocktaking(shop).requireExact(scene, kind.beginning());
    } catch (AssertionError e) {
      throw new AssertionError("%s, %s: %s".formatted(kind, what, e.getMessage()), e);
    }
  }
}
