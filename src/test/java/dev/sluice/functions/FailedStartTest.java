package dev.sluice.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of a run whose secret is not there. */
final class FailedStartTest {
  @TempDir Path folder;

  @Test
  void queueGetsItsMessageBackAndTheAlarmsHearOfTheTable() {
    var pipelines = new PipelineFolder(folder).letters("acme", "letters", "denied");
    var invoked = new Invoked().with(pipelines.variables()).with("TOKEN", "");

    var result =
        invoked.eventSync(Invoked.message("{\"pipeline\": \"acme\", \"table\": \"letters\"}"));

    assertThat(Invoked.failedItems(result)).containsExactly("m0");
    assertThat(invoked.printed().events())
        .anySatisfy(
            line -> {
              assertThat(line.path("message").asText()).isEqualTo("Run failed to start");
              assertThat(line.path("level").asText()).isEqualTo("ERROR");
              assertThat(line.at("/error/message").asText()).contains("TOKEN is empty");
            });
    assertThat(invoked.printed().metrics())
        .singleElement()
        .satisfies(
            document -> {
              assertThat(document.path("Failed").asInt()).isEqualTo(1);
              assertThat(document.path("pipeline").asText()).isEqualTo("acme");
              assertThat(document.path("table").asText()).isEqualTo("letters");
            });
  }
}
