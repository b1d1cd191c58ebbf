package dev.sluice.functions.run;

/**
 * The failure of an invocation, as the platform gets it: without a stack trace, which the log
 * already has and Lambda would print again, line by line.
 */
public final class InvocationFailedException extends RuntimeException {

  public InvocationFailedException(Throwable failure) {
    super(String.valueOf(failure.getMessage()), null, false, false);
  }
}
