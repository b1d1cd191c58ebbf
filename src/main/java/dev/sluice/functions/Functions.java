package dev.sluice.functions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.functions.config.Deployment;
import dev.sluice.functions.event.StrictJson;
import dev.sluice.functions.event.UntrustedText;
import dev.sluice.functions.log.PlatformInvocation;
import dev.sluice.functions.run.FunctionResult;
import dev.sluice.pipeline.Spelling;
import dev.sluice.spi.ConnectorException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The functions by name, invoked without a platform. */
public final class Functions {
  private static final List<String> NAMES = List.of("event-sync", "scheduled-sync");

  private Functions() {}

  /**
   * Checks that there is such a function.
   *
   * @throws ConnectorException of kind {@code CONFIGURATION} that lists the known ones
   */
  public static String require(String name) {
    if (!NAMES.contains(name)) {
      throw ConnectorException.configuration(
          "There is no function '%s'; %s"
              .formatted(UntrustedText.excerpt(name), Spelling.of(NAMES).hint(name)));
    }
    return name;
  }

  /**
   * Invokes a function on this thread.
   *
   * @param remaining the time that a platform would leave to it
   * @throws ConnectorException when the event cannot be understood
   */
  public static FunctionResult invoke(
      String name, String event, Deployment deployment, Optional<Duration> remaining) {
    require(name);
    JsonNode decoded = StrictJson.parse(event, "The event");
    remaining.ifPresent(time -> limit(time, deployment));
    try {
      return name.equals("event-sync")
          ? new EventFunction(deployment).invoke(decoded)
          : new ScheduleFunction(deployment).invoke(decoded);
    } finally {
      PlatformInvocation.end();
    }
  }

  private static void limit(Duration time, Deployment deployment) {
    Instant end = deployment.clock().instant().plus(time);
    PlatformInvocation.begin(
        new PlatformInvocation("local", () -> Duration.between(deployment.clock().instant(), end)));
  }
}
