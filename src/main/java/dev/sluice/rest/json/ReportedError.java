package dev.sluice.rest.json;

import java.io.IOException;

/** What an {@link ErrorDetector} saw in a response that claims success. */
public final class ReportedError extends IOException {

  private final boolean whole;

  ReportedError(String message, ErrorDetector detector) {
    super(message);
    this.whole = detector.isErrorWhole();
  }

  /** Whether there are no records in the response. */
  public boolean isWhole() {
    return whole;
  }
}
