package dev.sluice.functions.run;

/**
 * Tells the platform that an invocation has failed. The log has told why; Lambda would print a
 * stack trace again, line by line.
 */
public final class InvocationFailedException extends RuntimeException {

  public InvocationFailedException(Throwable failure) {
    super(String.valueOf(failure.getMessage()), null, false, false);
  }
}
