package dev.sluice.functions.run;

/** Some of the tables could not be synced; the others were. */
public final class SyncFailedException extends RuntimeException {

  SyncFailedException(String message) {
    super(message, null, false, false);
  }
}
