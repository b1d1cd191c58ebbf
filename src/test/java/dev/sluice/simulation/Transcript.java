package dev.sluice.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who did what, and what became of it, to be read by people. */
final class Transcript {
  private static final int LONGEST = 150;

  private final Optional<List<String>> lines;

  private Transcript(Optional<List<String>> lines) {
    this.lines = lines;
  }

  static Transcript written() {
    return new Transcript(Optional.of(new ArrayList<>()));
  }

  /** For the many runs that nobody will ask about: a run can be repeated with a transcript. */
  static Transcript none() {
    return new Transcript(Optional.empty());
  }

  void note(int point, Actor actor, SimulatedCall call, Fate fate) {
    // What the clock is asked goes well nearly always, and says nothing.
    if (call.kind() != SimulatedCall.Kind.CLOCK || fate != Fate.GO_ON) {
      add(point, actor, () -> call + (fate == Fate.GO_ON ? "" : " -> " + fate));
    }
  }

  void answer(SimulatedCall call, Object answer) {
    lines
        .filter(all -> call.kind() != SimulatedCall.Kind.CLOCK && !all.isEmpty())
        .ifPresent(all -> all.add(shortened("                  = " + answer)));
  }

  void remark(Actor actor, Object text) {
    add(0, actor, () -> text);
  }

  private interface Text {
    Object text();
  }

  private void add(int point, Actor actor, Text text) {
    lines.ifPresent(
        all ->
            all.add(
                shortened(
                    "%5s %-10s %s"
                        .formatted(
                            point == 0 ? "" : Integer.toString(point), actor, text.text()))));
  }

  private static String shortened(String line) {
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + " ...";
  }

  @Override
  public String toString() {
    return String.join("\n", lines.orElse(List.of()));
  }
}
