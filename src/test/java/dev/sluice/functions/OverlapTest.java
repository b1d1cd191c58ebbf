package dev.sluice.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.connectors.example.api.ExampleApi;
import dev.sluice.functions.run.FunctionResult;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OverlapTest {
  private static final String EVENT = "{\"pipeline\": \"shop\"}";

  @TempDir Path folder;

  @Test
  void oneOfTwoInvocationsWorksAndTheOtherIsBusy() {
    try (var api = ExampleApi.start(ExampleApi.Settings.reliable())) {
      var pipelines = new PipelineFolder(folder).example("shop", api.baseUri(), "orders");
      var invoked = new Invoked().with(pipelines.variables()).at(Instant.now());
      var second = new AtomicReference<FunctionResult>();
      api.traffic().afterPage(1, () -> second.set(invoked.scheduledSync(EVENT)));

      var first = invoked.scheduledSync(EVENT);

      assertThat(first.answer().at("/tables/0/outcome").asText()).isEqualTo("CAUGHT_UP");
      assertThat(second.get().failure()).isEmpty();
      assertThat(second.get().answer().at("/tables/0/outcome").asText()).isEqualTo("BUSY");
      assertThat(pipelines.landed("shop", "orders")).hasSize(103).doesNotHaveDuplicates();
    }
  }
}
