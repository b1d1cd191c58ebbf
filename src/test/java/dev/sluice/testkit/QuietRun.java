package dev.sluice.testkit;

/**
 * What a run may cost that finds nothing new.
 *
 * @param requests the most requests that it makes
 * @param position whether the offset moves although no record came
 * @param reason why it is not one request and a standing offset
 */
public record QuietRun(int requests, Position position, String reason) {

  /** One request, and the offset stands still. */
  public static final QuietRun STILL = new QuietRun(1, Position.STANDS, "");

  /** What the offset does in a quiet run. */
  public enum Position {
    STANDS,
    ADVANCES
  }

  public QuietRun {
    if (reason.isBlank() && (requests > 1 || position == Position.ADVANCES)) {
      throw new IllegalArgumentException("A quiet run that is not still needs a reason");
    }
  }

  public static QuietRun requests(int most, String reason) {
    return new QuietRun(most, Position.STANDS, reason);
  }

  /** The offset follows the clock, as with a sliding window. */
  public static QuietRun advancing(int requests, String reason) {
    return new QuietRun(requests, Position.ADVANCES, reason);
  }
}
