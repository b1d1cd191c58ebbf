package dev.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorProvider;
import dev.sluice.spi.Option;
import dev.sluice.spi.Options;
import dev.sluice.spi.TableSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a pipeline file may say of the tables of every connector. */
final class TableOptionsTest {
  private static final Connectors CONNECTORS = Connectors.installed();

  private static final Map<String, String> CONNECTIONS =
      Map.of(
          "example", "{base_url: http://localhost, username: me, password: \"${ssm:P}\"}",
          "fhir", "{base_url: https://fhir.example.com}",
          "github", "{token: \"${ssm:T}\"}",
          "hubspot", "{access_token: \"${ssm:T}\"}",
          "letters", "{token: \"${ssm:T}\"}");

  private static Pipeline parse(String connector, String table) {
    return Pipeline.parse(
        """
        name: acme
        connector: %s
        connection: %s
        destination: {uri: "file:/lake"}
        tables:
          - %s
        """
            .formatted(connector, CONNECTIONS.get(connector), table.replace("\n", "\n    ")),
        "acme.yaml",
        CONNECTORS);
  }

  private static String table(String name, Map<String, String> options) {
    var text = new StringBuilder("table: " + name);
    if (!options.isEmpty()) {
      text.append("\noptions:");
      options.forEach((option, value) -> text.append("\n  %s: \"%s\"".formatted(option, value)));
    }
    return text.toString();
  }

  static Stream<Arguments> tables() {
    return CONNECTORS.providers().stream()
        .flatMap(
            provider ->
                provider.tables().stream()
                    .filter(spec -> spec.pattern().isEmpty())
                    .map(spec -> Arguments.of(provider.name(), spec.name())));
  }

  private static TableSpec spec(String connector, String table) {
    return CONNECTORS.require(connector).table(table).orElseThrow();
  }

  /** Values that all options of a table take. */
  private static Map<String, String> values(TableSpec spec) {
    return spec.options().stream()
        .collect(
            Collectors.toMap(
                Option::name, TableOptionsTest::value, (one, other) -> one, LinkedHashMap::new));
  }

  private static String value(Option<?> option) {
    return switch (option.type()) {
      case "text" -> "words";
      case "number" -> "7";
      case "seconds" -> "60";
      case "time" -> "1h";
      case "timestamp" -> "2026-01-31T00:00:00Z";
      default -> option.type().replaceAll("^one of |,.*", "");
    };
  }

  @ParameterizedTest
  @MethodSource("tables")
  void takesAllItsOptionsAtOnce(String connector, String table) {
    Map<String, String> values = values(spec(connector, table));

    Pipeline pipeline = parse(connector, table(table, values));

    assertThat(pipeline.tables().getFirst().table().options()).isEqualTo(Options.of(values));
  }

  @ParameterizedTest
  @MethodSource("tables")
  void refusesTheOptionsOfOtherTablesWithTheirLine(String connector, String table) {
    TableSpec spec = spec(connector, table);
    Map<String, String> required = values(spec);
    required
        .keySet()
        .removeIf(
            name ->
                spec.options().stream()
                    .noneMatch(option -> option.name().equals(name) && option.isRequired()));

    for (Option<?> foreign : foreign(CONNECTORS.require(connector), spec)) {
      Map<String, String> options = new LinkedHashMap<>(required);
      options.put(foreign.name(), value(foreign));
      int line = 7 + options.size();

      assertThatThrownBy(() -> parse(connector, table(table, options)))
          .isInstanceOf(ConnectorException.class)
          .hasMessageStartingWith(
              "acme.yaml:%d: unknown option '%s' of table '%s'; "
                  .formatted(line, foreign.name(), table));
    }
  }

  private static List<Option<?>> foreign(ConnectorProvider provider, TableSpec spec) {
    List<String> own = spec.options().stream().map(Option::name).toList();
    return provider.tables().stream()
        .flatMap(other -> other.options().stream())
        .<Option<?>>map(option -> option)
        .filter(option -> !own.contains(option.name()))
        .distinct()
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "users, window_seconds",
    "users, repo",
    "users, branch",
    "issues, pull_number",
    "issues, keep_generations",
    "commits, lookback_seconds"
  })
  void foreignOptionsAreThereToBeRefused(String table, String option) {
    List<Option<?>> foreign = foreign(CONNECTORS.require("github"), spec("github", table));

    assertThat(foreign).anyMatch(other -> other.name().equals(option));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "github | commits | window_secnds: 5 | unknown option 'window_secnds' of table 'commits';"
            + " did you mean 'window_seconds'?",
        "github | commits | window_seconds: 0 | Option 'window_seconds' is '0'; it takes a whole"
            + " number of seconds, one or more",
        "github | issues | per_page: 0 | Option 'per_page' is '0'; it takes a whole number from 1"
            + " to 1000",
        "fhir | Goal | profile: uk_core | unknown option 'profile' of table 'Goal'"
      })
  void namesTheLineAndTheRemedy(String connector, String table, String option, String message) {
    String repo = connector.equals("github") ? "\n  repo: o/r" : "";

    assertThatThrownBy(
            () -> parse(connector, "table: %s\noptions:%s\n  %s".formatted(table, repo, option)))
        .isInstanceOf(ConnectorException.class)
        .hasMessageStartingWith("acme.yaml:%d: %s".formatted(repo.isEmpty() ? 8 : 9, message));
  }

  @Test
  void windowOfTheExampleHasASecondAtLeast() {
    assertThatThrownBy(() -> parse("example", "table: metrics\noptions: {window_seconds: 0}"))
        .hasMessageStartingWith("acme.yaml:7: Option 'window_seconds' is '0'");
  }

  @ParameterizedTest
  @CsvSource({"hubspot, contactz, contacts", "fhir, patient, Patient", "github, isues, issues"})
  void unknownTableIsRefusedWithTheNearest(String connector, String table, String nearest) {
    assertThatThrownBy(() -> parse(connector, "table: " + table))
        .hasMessage(
            "acme.yaml:6: Unknown table '%s' of connector '%s'; did you mean '%s'?"
                .formatted(table, connector, nearest));
  }

  @ParameterizedTest
  @CsvSource({"hubspot, 2-3465404", "fhir, Medication"})
  void tablesThatOnlyTheSourceCanListTakeOptions(String connector, String table) {
    TableSpec spec = spec(connector, table);

    Pipeline pipeline = parse(connector, table(table, values(spec)));

    assertThat(spec.pattern()).isPresent();
    assertThat(pipeline.tables()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "issues | octo/hello | octo,hello",
        "issues | [octo, hello.js] | octo,hello.js",
        "teams | acme | acme",
        "repositories | [acme] | acme"
      })
  void namespaceIsAListOrAPath(String table, String text, String parts) {
    Pipeline pipeline = parse("github", "table: %s\nnamespace: %s".formatted(table, text));

    assertThat(pipeline.tables().getFirst().table().namespace().parts())
        .containsExactly(parts.split(",", -1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "issues | namespace: octo | 7 | 'namespace' is 'octo'; table 'issues' lies in one of the"
            + " form owner/repository",
        "issues | namespace: octo/ | 7 | 'namespace' is 'octo/'; table 'issues' lies in",
        "issues | namespace: [octo, [x]] | 7 | 'namespace' is a list; it takes one value",
        "teams | namespace: acme/api | 7 | 'namespace' is 'acme/api'; table 'teams' lies in one of"
            + " the form owner",
        "users | namespace: acme | 7 | table 'users' lies in no namespace; remove 'namespace'",
        "issues | namespace: o/r, options: {state: open, repo: r} | 10 | option 'repo' and"
            + " 'namespace' both say where table 'issues' is; give one of them",
        "issues | options: {state: open} | 7 | missing option 'repo' in table 'issues'"
      })
  void namespaceThatCannotBeIsRefused(String table, String rest, int line, String message) {
    String lines =
        rest.replace(", options: {", "\noptions:\n  ").replaceAll("(open), (repo: r)}", "$1\n  $2");

    assertThatThrownBy(() -> parse("github", "table: %s\n%s".formatted(table, lines)))
        .isInstanceOf(ConnectorException.class)
        .hasMessageStartingWith("acme.yaml:%d: %s".formatted(line, message));
  }

  @Test
  void everyOptionOfATableSaysWhatItDecides() {
    var decided =
        CONNECTORS.providers().stream()
            .flatMap(provider -> provider.tables().stream())
            .flatMap(spec -> spec.options().stream())
            .map(Option::effect)
            .distinct()
            .toList();

    assertThat(decided)
        .containsExactlyInAnyOrder(
            Optional.of(Option.Effect.SELECTS),
            Optional.of(Option.Effect.ADDRESSES),
            Optional.of(Option.Effect.SHAPES),
            Optional.of(Option.Effect.PACES));
  }
}
