package dev.sluice.rest.http;

/** What a status says about trying again. */
final class RetryableStatuses {

  private RetryableStatuses() {}

  /**
   * Too many requests, or too much at once, or an error of the server or of something before it.
   */
  static boolean isPassing(int status) {
    return switch (status) {
      case 408, 423, 429, 500, 502, 503, 504 -> true;
      default -> false;
    };
  }
}
