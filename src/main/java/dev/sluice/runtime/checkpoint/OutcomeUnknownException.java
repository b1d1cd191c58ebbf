package dev.sluice.runtime.checkpoint;

/**
 * Says that a write was sent and may or may not have happened. It is neither success nor failure:
 * look at what is there, then continue from it or stop; never clean up.
 */
public final class OutcomeUnknownException extends RuntimeException {

  public OutcomeUnknownException(String message, Throwable cause) {
    super(message, cause);
  }
}
