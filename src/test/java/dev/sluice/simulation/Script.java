package dev.sluice.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All goes well, except at the points that are listed; points are numbered from 1. */
final class Script implements Plan {
  private final TreeMap<Integer, Fate> deviations;
  private final List<Point> points = new ArrayList<>();

  Script(Map<Integer, Fate> deviations) {
    this.deviations = new TreeMap<>(deviations);
  }

  @Override
  public Fate decide(Point point) {
    points.add(point);
    Fate fate = deviations.getOrDefault(points.size(), Fate.GO_ON);
    return point.fates().contains(fate) ? fate : Fate.GO_ON;
  }

  /** All points that were met so far. */
  List<Point> points() {
    return points;
  }

  /** The last point that is listed, 0 when none is. */
  int last() {
    return deviations.isEmpty() ? 0 : deviations.lastKey();
  }

  Script with(int point, Fate fate) {
    var more = new TreeMap<>(deviations);
    more.put(point, fate);
    return new Script(more);
  }

  /** The same decisions, for another run. */
  Script again() {
    return new Script(deviations);
  }

  @Override
  public String toString() {
    var text = new ArrayList<String>();
    deviations.forEach((point, fate) -> text.add(point + " " + fate.name()));
    return text.isEmpty() ? "no deviation" : String.join(", ", text);
  }
}
