package dev.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runtime.checkpoint.Reading;
import dev.sluice.spi.BatchOptions;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Offset;
import dev.sluice.spi.Option;
import dev.sluice.spi.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** An option that changes while a table is being read: the read obeys it, or the run refuses it. */
final class OptionChecks {
  private static final String BASE_URL = "base_url";
  private static final Set<String> OF_THE_RUNTIME =
      Set.of(
          BatchOptions.MAX_RECORDS.name(),
          BatchOptions.KEEP_GENERATIONS.name(),
          BatchOptions.KEEP_GENERATIONS_FOR.name());

  /** A parameter of a query, or a field of a body, whose value is a number. */
  private static final Pattern NUMBER =
      Pattern.compile("(?:[?&]|\")(\\w+)(?:=|\"\\s*:\\s*)(\\d+)\\b");

  private OptionChecks() {}

  static void everyOptionIsObeyedInMidPassOrRefused(Subject subject) {
    requireServerInReading(subject);
    for (Option<?> option : subject.spec().options()) {
      switch (option.effect().orElseThrow()) {
        case SELECTS, ADDRESSES -> requireRefused(subject, option);
        case PACES -> {
          if (!OF_THE_RUNTIME.contains(option.name())) {
            requireObeyedOrRefused(subject, option);
          }
        }
        case SHAPES -> {}
      }
    }
  }

  private static void requireServerInReading(Subject subject) {
    boolean hasServer =
        subject.provider().connectionOptions().stream()
            .anyMatch(option -> option.name().equals(BASE_URL));
    if (hasServer) {
      assertThat(onServer(subject, "one").differencesFrom(onServer(subject, "two")))
          .as("what another '%s' changes in the reading: declare it as addressing()", BASE_URL)
          .isNotEmpty();
    }
  }

  private static Reading onServer(Subject subject, String name) {
    var connection = subject.source().connection().with(BASE_URL, "https://" + name + ".example");
    return Reading.of(subject.provider(), connection, subject.table());
  }

  private static void requireRefused(Subject subject, Option<?> option) {
    List<String> values = values(option);
    Reading one = reading(subject, option, values.getFirst());
    Reading other = reading(subject, option, values.getLast());

    assertThat(other.differencesFrom(one))
        .as("what '%s: %s' changes in the reading", option.name(), values.getLast())
        .isNotEmpty();
  }

  private static Reading reading(Subject subject, Option<?> option, String value) {
    return Reading.of(
        subject.provider(), subject.source().connection(), with(subject, option, value));
  }

  private static Table with(Subject subject, Option<?> option, String value) {
    return subject.table().with(subject.standIn().options().with(option.name(), value));
  }

  /** Two values that the option takes. */
  private static List<String> values(Option<?> option) {
    return switch (option.type()) {
      case "number" -> List.of("4", "3");
      case "seconds" -> List.of("7200", "3600");
      case "time" -> List.of("2h", "1h");
      case "timestamp" -> List.of("2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z");
      case "url" -> List.of("https://one.example", "https://two.example");
      case "text", "names" -> List.of("one", "two");
      default -> Arrays.asList(option.type().replaceFirst("^one of ", "").split(", ", -1));
    };
  }

  /** A source may not be able to do what a value asks for, such as to sort. */
  private static void requireObeyedOrRefused(Subject subject, Option<?> option) {
    try {
      requireObeyed(subject, option);
    } catch (ConnectorException e) {
      assertThat(e.kind()).as(e.getMessage()).isEqualTo(ConnectorException.Kind.CONFIGURATION);
    }
  }

  /** Reads half with one value and the rest with the other. */
  private static void requireObeyed(Subject subject, Option<?> option) {
    List<String> values = values(option);
    subject.standIn().pageSize(Integer.MAX_VALUE);
    Instant startedAt = subject.startedAfter(subject.filled());
    Reader reader = Reader.of(subject, startedAt).cap(2);
    int begun = asked(subject).size();
    List<Batch> batches =
        reader.with(with(subject, option, values.getFirst())).read(Offset.START).batches();
    Set<String> names =
        numbers(asked(subject).subList(begun, asked(subject).size()), values.getFirst());
    if (batches.size() < 2) {
      return; // the table is read at once, so that there is no middle
    }
    List<Batch> half = batches.subList(0, batches.size() / 2);
    int before = asked(subject).size();

    Run rest = reader.with(with(subject, option, values.getLast())).read(half.getLast().end());

    String change = "'%s' changed in mid-pass: ".formatted(option.name());
    new Sink(subject)
        .add(new Run(half, half.getLast().end(), 0, Optional.empty()))
        .add(rest)
        .requireWhole(change);
    names.retainAll(
        numbers(asked(subject).subList(before, asked(subject).size()), values.getFirst()));
    assertThat(names)
        .as("%sparameters that still have the value %s", change, values.getFirst())
        .isEmpty();
  }

  private static List<String> asked(Subject subject) {
    return subject.source().wire().asked();
  }

  /** Returns the parameters that have this number, wherever they appear. */
  private static Set<String> numbers(List<String> requests, String value) {
    Map<String, Set<String>> values = new HashMap<>();
    for (String request : requests) {
      NUMBER
          .matcher(request)
          .results()
          .forEach(
              found ->
                  values
                      .computeIfAbsent(found.group(1), name -> new HashSet<>())
                      .add(found.group(2)));
    }
    return values.entrySet().stream()
        .filter(parameter -> parameter.getValue().equals(Set.of(value)))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }
}
