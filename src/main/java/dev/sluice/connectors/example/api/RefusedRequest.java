package dev.sluice.connectors.example.api;

/** A request that cannot be served, with the HTTP status that says why. */
final class RefusedRequest extends IllegalArgumentException {
  private final int status;

  private RefusedRequest(int status, String message) {
    super(message);
    this.status = status;
  }

  static RefusedRequest badRequest(String message) {
    return new RefusedRequest(400, message);
  }

  static RefusedRequest notFound(String message) {
    return new RefusedRequest(404, message);
  }

  ApiAnswer answer() {
    return ApiAnswer.error(status, String.valueOf(getMessage()));
  }
}
