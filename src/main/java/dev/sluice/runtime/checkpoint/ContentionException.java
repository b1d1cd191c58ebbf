package dev.sluice.runtime.checkpoint;

/**
 * Says that a run lost a compare-and-set so often that it gives up; that compare-and-set wrote
 * nothing.
 */
public final class ContentionException extends RuntimeException {
  /** The number of times that a run tries to replace what others may replace at the same time. */
  public static final int ATTEMPTS = 100;

  /**
   * Says that every one of the {@link #ATTEMPTS} failed.
   *
   * @param changing what kept changing, as the subject of a sentence
   */
  public ContentionException(String changing) {
    super(
        "%s changed each of the %d times that this run tried to replace it. Let one run at a time work on the table, and try again"
            .formatted(changing, ATTEMPTS));
  }
}
