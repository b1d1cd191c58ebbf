package dev.sluice.proof.failpoint;

/**
 * One of the times at which a run passes a side of a step.
 *
 * @param occurrence from 1 on
 */
public record Failpoint(Step step, Side side, int occurrence) {

  static Failpoint parse(String text) {
    String[] parts = text.split(" ", -1);
    return new Failpoint(
        Step.valueOf(parts[1]), Side.valueOf(parts[0]), Integer.parseInt(parts[2]));
  }

  @Override
  public String toString() {
    return side + " " + step + " " + occurrence;
  }
}
