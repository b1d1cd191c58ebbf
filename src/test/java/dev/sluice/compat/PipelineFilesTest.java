package dev.sluice.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pipeline files are accepted and mean what they meant. Beside each lies what it meant then. */
class PipelineFilesTest {
  private static final String DEFAULT = "  # ";

  static List<String> files() throws IOException {
    try (var files = Files.list(Past.file("pipelines"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yaml"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void fileMeansWhatItMeant(String name) throws IOException {
    Path file = Past.file("pipelines").resolve(name);
    String then = Files.readString(Path.of(file.toString().replace(".yaml", ".txt")));
    String now = PipelineMeaning.of(file);

    assertThat(given(now)).isEqualTo(given(then));
    assertThat(commonDefaults(now, then)).isEqualTo(commonDefaults(then, now));
  }

  /** All that the file says itself. */
  private static List<String> given(String meaning) {
    return meaning.lines().filter(line -> !line.startsWith(DEFAULT)).toList();
  }

  /**
   * The defaults of the options that both know for the same table. An option without a default, or
   * one that is of no use to a table, may come and go.
   */
  private static List<String> commonDefaults(String meaning, String other) {
    List<String> common = new ArrayList<>();
    List<String> tables = tables(meaning);
    for (int i = 0; i < tables.size(); i++) {
      String others = tables(other).get(i);
      tables
          .get(i)
          .lines()
          .filter(line -> line.startsWith(DEFAULT))
          .filter(line -> others.contains(line.substring(0, line.indexOf(": ") + 2)))
          .forEach(common::add);
    }
    return common;
  }

  private static List<String> tables(String meaning) {
    return List.of(meaning.split("\ntable: ", -1));
  }
}
