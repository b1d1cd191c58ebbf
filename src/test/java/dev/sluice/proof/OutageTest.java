package dev.sluice.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.connectors.example.api.ApiAnswer;
import dev.sluice.connectors.example.api.ExampleApi;
import dev.sluice.connectors.example.api.ExampleApi.Settings;
import dev.sluice.spi.SourceRecord;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One table of the source is down for good, then comes back. */
@Tag("proof")
@Tag("process")
class OutageTest {
  @TempDir Path folder;

  @Test
  void tableThatIsDownFailsAloneAndIsCaughtUpLater() throws Exception {
    try (var api = ExampleApi.start(Settings.reliable())) {
      Files.writeString(folder.resolve("pipeline.yaml"), pipeline(api.baseUri()));
      var sluice = new Sluice(folder, Map.of("PASSWORD", "s3cr3t-canary"));
      assertThat(sync(sluice)).isZero();

      api.store().write("users", SourceRecord.of("{\"user_id\":\"user_new\"}"));
      api.store().write("events", SourceRecord.of("{\"event_id\":\"event-new\"}"));
      api.traffic()
          .answerNext(
              Integer.MAX_VALUE, "/tables/users/", ApiAnswer.error(503, "Down for repairs"));
      int whileDown = sync(sluice);
      JsonNode users = table(sluice, "users");
      JsonNode events = table(sluice, "events");
      api.traffic().clear();
      int afterwards = sync(sluice);

      assertThat(whileDown).isEqualTo(5);
      assertThat(users.path("outcome").asText()).isEqualTo("FAILED");
      assertThat(users.at("/error/kind").asText()).isEqualTo("TRANSIENT");
      assertThat(users.at("/error/message").asText()).contains("503").doesNotContain("s3cr3t");
      assertThat(users.path("offset_after")).isEqualTo(users.path("offset_before"));
      assertThat(users.path("requests").asInt()).isEqualTo(3);
      assertThat(events.path("outcome").asText()).isEqualTo("CAUGHT_UP");
      assertThat(events.path("records").asInt()).isEqualTo(1);
      assertThat(table(sluice, "products").path("outcome").asText()).isEqualTo("CAUGHT_UP");
      assertThat(afterwards).isZero();
      assertThat(table(sluice, "users").path("records").asInt()).isEqualTo(1);
    }
  }

  private static String pipeline(URI url) {
    return """
        name: outage
        connector: example
        connection:
          base_url: %s
          username: somebody
          password: ${env:PASSWORD}
          retry_pause_millis: 1
        destination:
          uri: file:./lake
        tables:
          - table: users
          - table: events
          - table: products
        """
        .formatted(url);
  }

  private static int sync(Sluice sluice) throws InterruptedException {
    return sluice.run("sync", "-p", "pipeline.yaml", "--output", "json");
  }

  private static JsonNode table(Sluice sluice, String name) throws IOException {
    for (JsonNode table : new ObjectMapper().readTree(sluice.output()).path("tables")) {
      if (table.path("table").asText().equals(name)) {
        return table;
      }
    }
    throw new AssertionError("No report of " + name + ": " + sluice.output());
  }
}
