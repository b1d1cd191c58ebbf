package dev.sluice.rest;

import java.io.IOException;

/** What an {@link ErrorDetector} saw in a response that claims success. */
final class ReportedError extends IOException {

  ReportedError(String message) {
    super(message);
  }
}
