package dev.sluice.functions.config;

import dev.sluice.functions.event.Nudge;
import dev.sluice.spi.ConnectorException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings in a function's environment; checks each when it is read. */
public final class FunctionSettings {
  private static final int MOST_RESUMPTIONS = 20;

  private final Map<String, String> variables;

  public FunctionSettings(Map<String, String> variables) {
    this.variables = variables;
  }

  /** The way in which an unfinished run is resumed. */
  public enum Resuming {
    OFF,
    DELAYED,
    SCHEDULED
  }

  /** The way in which scheduled-sync hands out the tables of a pipeline. */
  public enum FanOut {
    OFF,
    QUEUE
  }

  public Resuming resuming() {
    return switch (oneOf("SLUICE_RESUME", "off", "delayed", "scheduled")) {
      case "delayed" -> Resuming.DELAYED;
      case "scheduled" -> Resuming.SCHEDULED;
      default -> Resuming.OFF;
    };
  }

  public FanOut fanOut() {
    return oneOf("SLUICE_FAN_OUT", "off", "queue").equals("queue") ? FanOut.QUEUE : FanOut.OFF;
  }

  public int resumeLimit() {
    return find("SLUICE_RESUME_LIMIT").map(FunctionSettings::resumeLimit).orElse(MOST_RESUMPTIONS);
  }

  private static int resumeLimit(String text) {
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 0 && limit <= Nudge.MOST_RESUMPTIONS) {
        return limit;
      }
    } catch (NumberFormatException e) {
      throw invalidLimit(text, e);
    }
    throw invalidLimit(text, new NumberFormatException("out of range"));
  }

  private static ConnectorException invalidLimit(String text, NumberFormatException cause) {
    return ConnectorException.configuration(
        "The environment variable SLUICE_RESUME_LIMIT is '%s'; it takes a whole number from 0 to %d"
            .formatted(text, Nudge.MOST_RESUMPTIONS),
        cause);
  }

  /** Returns the value without surrounding spaces; empty when it is blank. */
  public Optional<String> find(String name) {
    return Optional.ofNullable(variables.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }

  /**
   * Returns the value.
   *
   * @param reason the setting that needs it
   */
  public String require(String name, String reason) {
    return find(name)
        .orElseThrow(
            () ->
                ConnectorException.configuration(
                    "The environment variable %s is not set; %s needs it".formatted(name, reason)));
  }

  /** Returns the value; the first of the allowed ones when it is not set. */
  private String oneOf(String name, String... values) {
    String value = find(name).orElse(values[0]);
    if (!List.of(values).contains(value)) {
      throw ConnectorException.configuration(
          "The environment variable %s is '%s'; it takes %s"
              .formatted(name, value, String.join(", ", values)));
    }
    return value;
  }
}
