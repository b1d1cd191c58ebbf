package dev.sluice.functions;

/** Some of the tables could not be synced; the others were. */
final class SyncFailedException extends RuntimeException {

  SyncFailedException(String message) {
    super(message, null, false, false);
  }
}
