package dev.sluice.functions.run;

/** The failure of some of the tables; the others were synced. */
public final class SyncFailedException extends RuntimeException {

  SyncFailedException(String message) {
    super(message, null, false, false);
  }
}
