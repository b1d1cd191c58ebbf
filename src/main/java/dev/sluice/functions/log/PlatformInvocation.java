package dev.sluice.functions.log;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The platform's data about the invocation on this thread.
 *
 * @param requestId the platform's name for it
 * @param remaining the time until the platform ends it, as of each call
 */
public record PlatformInvocation(String requestId, Supplier<Duration> remaining, Start start) {
  private static final ThreadLocal<Optional<PlatformInvocation>> CURRENT =
      ThreadLocal.withInitial(Optional::empty);

  /**
   * Tells whether a process was started, or restored from a snapshot, for this invocation. A
   * snapshot is taken before the first one, so that the first after each restore is cold.
   */
  public enum Start {
    COLD,
    WARM
  }

  public PlatformInvocation(String requestId, Supplier<Duration> remaining) {
    this(requestId, remaining, Start.WARM);
  }

  /**
   * Returns the invocation on this thread; empty where there is no platform, as on the command
   * line.
   */
  public static Optional<PlatformInvocation> current() {
    return CURRENT.get();
  }

  public static void begin(PlatformInvocation invocation) {
    CURRENT.set(Optional.of(invocation));
  }

  public static void end() {
    CURRENT.remove();
  }
}
