package dev.sluice.rest.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.function.Supplier;

/** An error that an {@link ErrorDetector} found in a response that claims success. */
public final class ReportedError extends IOException {

  private final boolean whole;
  private final boolean passing;

  ReportedError(String message, ErrorDetector detector, Supplier<JsonNode> response) {
    super(message);
    this.whole = detector.isErrorWhole();
    this.passing = detector.isPassing(response);
  }

  /** Returns whether the response holds no records. */
  public boolean isWhole() {
    return whole;
  }

  /** Returns whether the same request may succeed later. */
  public boolean isPassing() {
    return passing;
  }
}
