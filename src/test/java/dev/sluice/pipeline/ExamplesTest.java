package dev.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        Pipeline.read(Path.of("docs/examples/" + name + ".yaml"), Connectors.installed());

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
    var pipeline = Pipeline.read(file, Connectors.installed());

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
    int begin = example.indexOf("module \"sluice\"");
    String module = example.substring(begin, example.indexOf("\n}\n", begin) + 3);

    assertThat(Files.readString(Path.of("README.md"))).contains(module);
  }
}
