package dev.sluice.functions.config;

import dev.sluice.functions.event.Nudge;
import dev.sluice.spi.ConnectorException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the environment of a function says, checked. */
public final class FunctionSettings {
  private static final int MOST_RESUMPTIONS = 20;

  private final Map<String, String> variables;

  public FunctionSettings(Map<String, String> variables) {
    this.variables = variables;
  }

  /** How a run that ended before it caught up is continued. */
  public enum Resuming {
    OFF,
    DELAYED,
    SCHEDULED
  }

  /** What scheduled-sync does with the tables of a pipeline. */
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

  /** The value without blanks around it; blank is as good as none. */
  public Optional<String> find(String name) {
    return Optional.ofNullable(variables.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }

  /**
   * The value.
   *
   * @param reason what needs it
   */
  public String require(String name, String reason) {
    return find(name)
        .orElseThrow(
            () ->
                ConnectorException.configuration(
                    "The environment variable %s is not set; %s needs it".formatted(name, reason)));
  }

  /** The value, or the first one that it may have. */
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
