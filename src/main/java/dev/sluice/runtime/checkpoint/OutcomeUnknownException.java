package dev.sluice.runtime.checkpoint;

/**
 * A write was sent and may or may not have happened. Neither success nor failure: look at what is
 * there, then go on from it or stop; never clean up.
 */
public final class OutcomeUnknownException extends RuntimeException {

  public OutcomeUnknownException(String message, Throwable cause) {
    super(message, cause);
  }
}
