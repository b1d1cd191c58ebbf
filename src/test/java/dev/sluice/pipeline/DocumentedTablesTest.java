package dev.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.ConnectorProvider;
import dev.sluice.spi.Option;
import dev.sluice.spi.TableSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documentation of a connector says of its tables. */
final class DocumentedTablesTest {
  private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");

  private static String page(String connector) {
    try {
      return Files.readString(Path.of("docs/connectors/" + connector + ".md"));
    } catch (IOException e) {
      throw new AssertionError("No page of the connector " + connector, e);
    }
  }

  private static Set<String> names(String text) {
    return CODE.matcher(text).results().map(match -> match.group(1)).collect(Collectors.toSet());
  }

  /** The first cells of the table whose head begins so. */
  private static Set<String> documentedOptions(String page, String head) {
    Set<String> options = new TreeSet<>();
    page.substring(page.indexOf(head))
        .lines()
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .forEach(line -> options.addAll(names(line.substring(0, line.indexOf('|', 1)))));
    return options;
  }

  @ParameterizedTest
  @ValueSource(strings = {"example", "fhir", "github", "hubspot"})
  void pageNamesEveryTableAndEveryOptionAndNoOther(String connector) {
    ConnectorProvider provider = Connectors.installed().require(connector);
    String page = page(connector);
    String section = page.substring(page.indexOf("## Table"));
    String head = section.contains("| table option |") ? "| table option |" : "| option |";

    assertThat(names(page))
        .containsAll(
            provider.tables().stream()
                .filter(spec -> spec.pattern().isEmpty())
                .map(TableSpec::name)
                .toList());
    assertThat(documentedOptions(section, head))
        .isEqualTo(
            provider.tables().stream()
                .flatMap(spec -> spec.options().stream())
                .map(Option::name)
                .collect(Collectors.toCollection(TreeSet::new)));
  }
}
