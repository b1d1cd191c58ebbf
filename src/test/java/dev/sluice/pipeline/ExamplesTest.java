package dev.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExamplesTest {

  @ParameterizedTest
  @ValueSource(strings = {"example", "fhir", "github", "hubspot"})
  void exampleOfTheDocumentationIsValid(String name) {
    var pipeline =
        Pipeline.read(Path.of("docs/examples/" + name + ".yaml"), Connectors.installed(), Map.of());

    assertThat(pipeline.connector().name()).isEqualTo(name);
    assertThat(pipeline.tables()).isNotEmpty();
  }

  static List<Path> deployed() throws IOException {
    try (var terraform = Files.walk(Path.of("terraform/examples"));
        var infra = Files.walk(Path.of("infra"))) {
      return Stream.concat(terraform, infra)
          .filter(file -> file.toString().matches(".*/pipelines/[^/]+[.]yaml"))
          .filter(file -> !file.toString().contains(".work"))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("deployed")
  void deployedPipelineIsValidAndNamedAsItsFile(Path file) {
    var pipeline = Pipeline.read(file, Connectors.installed(), Map.of());

    assertThat(file).hasFileName(pipeline.name() + ".yaml");
  }

  @Test
  void theReadmeShowsTheExampleOfGitHub() throws IOException {
    String example = Files.readString(Path.of("docs/examples/github.yaml"));

    assertThat(Files.readString(Path.of("README.md"))).contains(example);
  }

  @Test
  void theReadmeShowsTheSmallestDeployment() throws IOException {
    String example = Files.readString(Path.of("terraform/examples/minimal/main.tf"));

    assertThat(module(Files.readString(Path.of("README.md")))).isEqualTo(module(example));
  }

  /** Returns the module's block without comments, and without what a user has to replace. */
  private static List<String> module(String text) {
    int begin = text.indexOf("module \"sluice\"");
    return text.substring(begin, text.indexOf("\n}\n", begin))
        .lines()
        .map(line -> line.replaceFirst("^( +(source|function_zip|bucket_name) +=).*", "$1"))
        .filter(line -> !line.strip().startsWith("#"))
        .toList();
  }
}
