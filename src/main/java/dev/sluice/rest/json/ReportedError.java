package dev.sluice.rest.json;

import java.io.IOException;

/** An error that an {@link ErrorDetector} found in a response that claims success. */
public final class ReportedError extends IOException {

  private final boolean whole;

  ReportedError(String message, ErrorDetector detector) {
    super(message);
    this.whole = detector.isErrorWhole();
  }

  /** Returns whether the response holds no records. */
  public boolean isWhole() {
    return whole;
  }
}
