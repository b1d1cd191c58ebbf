package dev.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExamplesTest {

  @ParameterizedTest
  @ValueSource(strings = {"example", "fhir", "github"})
  void exampleOfTheDocumentationIsValid(String name) {
    var pipeline =
        Pipeline.read(Path.of("docs/examples/" + name + ".yaml"), Connectors.installed());

    assertThat(pipeline.connector().name()).isEqualTo(name);
    assertThat(pipeline.tables()).isNotEmpty();
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
