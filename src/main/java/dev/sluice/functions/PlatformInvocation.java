package dev.sluice.functions;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the platform says of the invocation that runs on this thread.
 *
 * @param requestId the platform's name for it
 * @param remaining the time until it is ended by force; asked anew each time
 */
record PlatformInvocation(String requestId, Supplier<Duration> remaining) {
  private static final ThreadLocal<Optional<PlatformInvocation>> CURRENT =
      ThreadLocal.withInitial(Optional::empty);

  /** Empty where no platform says anything, as on the command line. */
  static Optional<PlatformInvocation> current() {
    return CURRENT.get();
  }

  static void begin(PlatformInvocation invocation) {
    CURRENT.set(Optional.of(invocation));
  }

  static void end() {
    CURRENT.remove();
  }
}
