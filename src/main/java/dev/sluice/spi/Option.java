package dev.sluice.spi;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A named, typed option of a connection or a table. One declaration serves to read it, to check it
 * and to document it.
 */
public final class Option<T> {
  private static final Pattern TIME = Pattern.compile("(\\d{1,7})([smhd]?)");

  /** Says what an option decides. */
  public enum Effect {
    /**
     * It decides which records are in the table. With another value, the data is that of another
     * table.
     */
    SELECTS,
    /** It decides where the records are: their server, their owner, their repository. */
    ADDRESSES,
    /** It decides what comes with the records read from then on: columns, values, tombstones. */
    SHAPES,
    /** It decides how much is read at a time, how far back and how, and how much is kept. */
    PACES;

    /** Returns the name in documents, such as {@code selects}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final String NAMES = "names";

  private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

  private static final long LONGEST_SECONDS = 100L * 366 * 24 * 3600;

  private final String name;
  private final String type;
  private final String description;
  private final Function<String, T> parser;
  private final Optional<T> defaultValue;
  private final boolean required;
  private final boolean secret;
  private final Optional<Effect> effect;

  private Option(
      String name,
      String type,
      String description,
      Function<String, T> parser,
      Optional<T> defaultValue,
      boolean required,
      boolean secret,
      Optional<Effect> effect) {
    if (!name.matches("[a-z][a-z0-9_]*")) {
      throw new IllegalArgumentException("An option's name is in snake_case: '" + name + "'");
    }
    this.name = name;
    this.type = type;
    this.description = description;
    this.parser = parser;
    this.defaultValue = defaultValue;
    this.required = required;
    this.secret = secret;
    this.effect = effect;
  }

  private static <T> Option<T> of(
      String name, String type, String description, Function<String, T> parser) {
    return new Option<>(
        name, type, description, parser, Optional.empty(), false, false, Optional.empty());
  }

  public static Option<String> text(String name, String description) {
    return of(name, "text", description, Option::notBlank);
  }

  /**
   * Declares names that are separated by commas, in any order. A read takes up an added name by
   * itself. A name that begins with {@code !} leaves out what it names.
   */
  public static Option<String> names(String name, String description) {
    return of(name, NAMES, description, Option::notBlank);
  }

  /** Declares a text that never appears in messages or documentation. */
  public static Option<String> secret(String name, String description) {
    return new Option<>(
        name,
        "secret",
        description,
        Option::notBlank,
        Optional.empty(),
        false,
        true,
        Optional.empty());
  }

  public static Option<String> oneOf(String name, String description, String... values) {
    List<String> allowed = Arrays.asList(values);
    return of(
        name,
        "one of " + String.join(", ", allowed),
        description,
        value -> {
          if (!allowed.contains(value)) {
            throw new IllegalArgumentException("one of " + String.join(", ", allowed));
          }
          return value;
        });
  }

  /** Declares a whole number between two bounds, both inclusive. */
  public static Option<Integer> number(String name, String description, int least, int most) {
    return of(
        name,
        "number",
        description,
        value -> {
          var number = new IllegalArgumentException(bounds(least, most));
          try {
            int parsed = Integer.parseInt(value.strip());
            if (parsed >= least && parsed <= most) {
              return parsed;
            }
          } catch (NumberFormatException e) {
            number.initCause(e);
          }
          throw number;
        });
  }

  private static String bounds(int least, int most) {
    return most == Integer.MAX_VALUE
        ? "a whole number of at least " + least
        : "a whole number from " + least + " to " + most;
  }

  /** Declares a number of seconds, zero or more; the option's name ends in {@code _seconds}. */
  public static Option<Duration> seconds(String name, String description) {
    return seconds(name, description, 0, "a whole number of seconds, zero or more");
  }

  /** Declares a number of seconds, one or more; the option's name ends in {@code _seconds}. */
  public static Option<Duration> span(String name, String description) {
    return seconds(name, description, 1, "a whole number of seconds, one or more");
  }

  /** Declares a length of time with its unit, such as 90s, 30m, 1h or 7d. */
  public static Option<Duration> time(String name, String description) {
    return of(
        name,
        "time",
        description,
        value -> {
          Matcher time = TIME.matcher(value.strip());
          if (!time.matches()) {
            throw new IllegalArgumentException("a length of time such as 90s, 30m, 1h or 7d");
          }
          ChronoUnit unit =
              switch (time.group(2)) {
                case "m" -> ChronoUnit.MINUTES;
                case "h" -> ChronoUnit.HOURS;
                case "d" -> ChronoUnit.DAYS;
                default -> ChronoUnit.SECONDS;
              };
          return Duration.of(Long.parseLong(time.group(1)), unit);
        });
  }

  private static Option<Duration> seconds(
      String name, String description, long least, String expected) {
    return of(
        name,
        "seconds",
        description,
        value -> {
          try {
            long seconds = Long.parseLong(value.strip());
            if (seconds >= least && seconds <= LONGEST_SECONDS) {
              return Duration.ofSeconds(seconds);
            }
          } catch (NumberFormatException e) {
            throw new IllegalArgumentException(expected, e);
          }
          throw new IllegalArgumentException(expected);
        });
  }

  /** Declares an ISO 8601 instant such as {@code 2026-01-31T00:00:00Z}. */
  public static Option<Instant> timestamp(String name, String description) {
    return of(
        name,
        "timestamp",
        description,
        value -> {
          try {
            return OffsetDateTime.parse(value.strip()).toInstant();
          } catch (DateTimeException e) {
            throw new IllegalArgumentException("a timestamp such as 2026-01-31T00:00:00Z", e);
          }
        });
  }

  /** Declares a base URL: https, or http on this machine only. A trailing slash is dropped. */
  public static Option<URI> url(String name, String description) {
    return of(name, "url", description, value -> parseUrl(value.strip().replaceAll("/+$", "")));
  }

  /**
   * Declares the URL of one resource, which is used unchanged: https, or http on this machine only.
   */
  public static Option<URI> endpoint(String name, String description) {
    return of(name, "url", description, Option::parseUrl);
  }

  private static URI parseUrl(String value) {
    URI url;
    try {
      url = URI.create(value.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("a URL such as https://api.example.com", e);
    }
    String host = url.getHost();
    if (host == null || url.getScheme() == null || url.getUserInfo() != null) {
      throw new IllegalArgumentException("a URL such as https://api.example.com");
    }
    boolean loopback = LOOPBACK.matcher(host).matches();
    return switch (url.getScheme().toLowerCase(Locale.ROOT)) {
      case "https" -> url;
      case "http" -> {
        if (!loopback) {
          throw new IllegalArgumentException("an https URL (http only for localhost)");
        }
        yield url;
      }
      default -> throw new IllegalArgumentException("an https URL");
    };
  }

  private static String notBlank(String value) {
    if (value.isBlank()) {
      throw new IllegalArgumentException("a value that is not blank");
    }
    return value;
  }

  public Option<T> withDefault(T value) {
    return new Option<>(name, type, description, parser, Optional.of(value), false, secret, effect);
  }

  public Option<T> required() {
    return new Option<>(name, type, description, parser, Optional.empty(), true, secret, effect);
  }

  /** Returns this option as one that {@link Effect#SELECTS}. */
  public Option<T> selecting() {
    return with(Effect.SELECTS);
  }

  /** Returns this option as one that {@link Effect#ADDRESSES}. */
  public Option<T> addressing() {
    return with(Effect.ADDRESSES);
  }

  /** Returns this option as one that {@link Effect#SHAPES}. */
  public Option<T> shaping() {
    return with(Effect.SHAPES);
  }

  /** Returns this option as one that {@link Effect#PACES}. */
  public Option<T> pacing() {
    return with(Effect.PACES);
  }

  private Option<T> with(Effect decided) {
    return new Option<>(
        name, type, description, parser, defaultValue, required, secret, Optional.of(decided));
  }

  public String name() {
    return name;
  }

  public String type() {
    return type;
  }

  public String description() {
    return description;
  }

  public Optional<T> defaultValue() {
    return defaultValue;
  }

  /** Returns the default as {@link #text} has it. */
  public Optional<String> defaultText() {
    return defaultValue.map(this::text);
  }

  /** Returns a value as text: the same for the same value, however a pipeline file writes it. */
  public String text(T value) {
    return switch (value) {
      case Duration time -> Long.toString(time.toSeconds());
      case URI url -> text(url);
      case String names when isOfNames() ->
          Arrays.stream(names.split(",", -1))
              .map(String::strip)
              .filter(each -> !each.isEmpty())
              .sorted()
              .distinct()
              .collect(Collectors.joining(","));
      case String text -> text.strip();
      default -> value.toString();
    };
  }

  private static String text(URI url) {
    String scheme = url.getScheme().toLowerCase(Locale.ROOT);
    int usual = scheme.equals("https") ? 443 : 80;
    String port = url.getPort() < 0 || url.getPort() == usual ? "" : ":" + url.getPort();
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    return scheme
        + "://"
        + url.getHost().toLowerCase(Locale.ROOT)
        + port
        + url.getRawPath()
        + query;
  }

  /** Returns whether the option takes {@link #names(String, String) names}. */
  public boolean isOfNames() {
    return type.equals(NAMES);
  }

  public boolean isRequired() {
    return required;
  }

  public boolean isSecret() {
    return secret;
  }

  /**
   * Returns what the option decides about a table. An option of a connection may decide nothing of
   * that.
   */
  public Optional<Effect> effect() {
    return effect;
  }

  T parse(String value) {
    try {
      return parser.apply(value);
    } catch (IllegalArgumentException e) {
      throw ConnectorException.configuration(
          "Option '%s' is %s; it takes %s"
              .formatted(name, secret ? "not valid" : "'" + value + "'", e.getMessage()),
          e);
    }
  }
}
