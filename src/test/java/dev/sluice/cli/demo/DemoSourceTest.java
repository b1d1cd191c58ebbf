package dev.sluice.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.connectors.example.api.ExampleApi;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DemoSourceTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.300Z");

  private static int metrics(Instant readAt) {
    try (var api = ExampleApi.start(ExampleApi.Settings.reliable().withClock(() -> NOW))) {
      return new DemoSource(api).records("metrics", readAt).size();
    }
  }

  /** The last of the 61 is dated as the API starts. */
  @Test
  void metricsAreExpectedUpToTheSecondInWhichTheReadBegan() {
    assertThat(metrics(NOW.plusMillis(500))).isEqualTo(60);
    assertThat(metrics(NOW.plusMillis(700))).isEqualTo(61);
  }
}
