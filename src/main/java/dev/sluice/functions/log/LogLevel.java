package dev.sluice.functions.log;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The level of a log line; the names are Lambda's. */
public enum LogLevel {
  TRACE,
  DEBUG,
  INFO,
  WARN,
  ERROR,
  FATAL;

  /** Returns the level that the environment asks for; {@link #INFO} when there is no such level. */
  static LogLevel of(Map<String, String> variables) {
    return Stream.of("POWERTOOLS_LOG_LEVEL", "AWS_LAMBDA_LOG_LEVEL")
        .flatMap(name -> Optional.ofNullable(variables.get(name)).stream())
        .flatMap(text -> named(text).stream())
        .findFirst()
        .orElse(INFO);
  }

  private static Optional<LogLevel> named(String text) {
    String name = text.strip().toUpperCase(Locale.ROOT);
    return switch (name) {
      case "WARNING" -> Optional.of(WARN);
      case "CRITICAL" -> Optional.of(FATAL);
      default -> Stream.of(values()).filter(level -> level.name().equals(name)).findFirst();
    };
  }
}
