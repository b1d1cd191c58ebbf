package dev.sluice.functions.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/**
 * What CloudWatch asks of a document in its embedded metric format; it ignores what does not fit.
 */
final class EmbeddedMetricFormat {
  private static final Set<String> UNITS =
      Set.of("Seconds", "Milliseconds", "Bytes", "Count", "None");
  private static final int LONGEST_NAME = 1024;

  private EmbeddedMetricFormat() {}

  static void check(JsonNode document) {
    JsonNode metadata = document.path("_aws");
    assertThat(metadata.path("Timestamp").isIntegralNumber()).as("%s", metadata).isTrue();
    assertThat(metadata.path("CloudWatchMetrics").isArray()).isTrue();
    assertThat(metadata.path("CloudWatchMetrics")).isNotEmpty();
    metadata.path("CloudWatchMetrics").forEach(directive -> check(directive, document));
  }

  private static void check(JsonNode directive, JsonNode document) {
    assertThat(directive.path("Namespace").asText())
        .matches("[0-9A-Za-z.\\-_/#:]{1,255}")
        .doesNotStartWith(":");
    assertThat(directive.path("Dimensions")).isNotEmpty();
    directive
        .path("Dimensions")
        .forEach(
            set -> {
              assertThat(set.isArray()).isTrue();
              assertThat(set.size()).isBetween(1, 30);
              set.forEach(name -> checkDimension(document.path(name.asText())));
            });
    assertThat(directive.path("Metrics").size()).isBetween(1, 100);
    directive
        .path("Metrics")
        .forEach(
            metric -> {
              assertThat(metric.path("Name").asText()).isNotBlank().hasSizeLessThan(LONGEST_NAME);
              assertThat(metric.path("Unit").asText()).isIn(UNITS);
              assertThat(document.path(metric.path("Name").asText()).isNumber())
                  .as("%s", metric)
                  .isTrue();
            });
  }

  private static void checkDimension(JsonNode value) {
    assertThat(value.isTextual()).isTrue();
    assertThat(value.asText())
        .isNotBlank()
        .hasSizeLessThanOrEqualTo(LONGEST_NAME)
        .doesNotStartWith(":")
        .matches("[ -~]*");
  }
}
