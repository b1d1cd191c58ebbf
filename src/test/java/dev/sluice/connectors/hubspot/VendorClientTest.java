package dev.sluice.connectors.hubspot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.spi.Table;
import dev.sluice.testkit.Call;
import dev.sluice.testkit.Row;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares our requests with those of HubSpot's own client, which is generated from HubSpot's API
 * description: every path, parameter and field that we send is one that it knows.
 *
 * <p>Runs where {@code node} is and the system property {@code hubspot.client} names a folder in
 * which {@code npm install @hubspot/api-client} was run; is skipped elsewhere.
 */
@QuarkusTest
class VendorClientTest {
  private static final Instant DAY = Instant.parse("2026-03-02T08:00:00Z");
  private static final JsonMapper MAPPER = new JsonMapper();

  @TempDir Path folder;

  @Test
  void everyRequestIsOneThatHubSpotsOwnClientSends() throws Exception {
    String client = System.getProperty("hubspot.client", "");
    assumeTrue(
        !client.isEmpty() && Files.isDirectory(Path.of(client, "node_modules/@hubspot/api-client")),
        "skipped: -Dhubspot.client=FOLDER names no folder with HubSpot's client");
    List<JsonNode> ours = distinct(allKinds());

    JsonNode theirs = repeated(Path.of(client), ours);

    assertThat(ours).hasSizeGreaterThanOrEqualTo(8);
    assertThat(theirs).hasSameSizeAs(ours);
    for (int i = 0; i < ours.size(); i++) {
      assertThat(comparable(theirs.get(i))).isEqualTo(comparable(ours.get(i)));
    }
  }

  /**
   * First loads, increments and deletes, narrow and wide, of HubSpot's and an account's objects.
   */
  private static List<Call> allKinds() {
    try (var hubSpot = new HubSpotStandIn()) {
      hubSpot.api().table("contacts").define(manyProperties());
      for (String type : List.of("contacts", "deals", CrmApi.CUSTOM)) {
        CrmTable table = hubSpot.api().table(type);
        table.mostPerPage(2);
        hubSpot
            .api()
            .associations()
            .say(
                type,
                CrmFixture.id(0),
                "deals",
                IntStream.range(0, 600).mapToObj(Long::valueOf).toList());
        var options = HubSpotReader.of(hubSpot, type).with("associations", "deals").table();
        var reader =
            new HubSpotReader(
                hubSpot, Table.named(type).with(options.options()), 100, hubSpot.oauthConnection());
        fill(table, DAY.minusSeconds(60));
        reader.read(DAY);
        fill(table, DAY.plusSeconds(60));
        table.archive(CrmFixture.id(4), DAY.plusSeconds(60));
        table.archive(CrmFixture.id(3), DAY.plusSeconds(60));
        table.archive(CrmFixture.id(2), DAY.plusSeconds(60));
        reader.read(DAY.plus(Duration.ofDays(1)));
        reader.readDeletes(DAY.plus(Duration.ofDays(1)));
      }
      return hubSpot.calls();
    }
  }

  private static void fill(CrmTable table, Instant modified) {
    for (int key = 0; key < 5; key++) {
      table.put(CrmFixture.object(table, Row.of(key, modified)));
    }
  }

  private static Map<String, String> manyProperties() {
    Map<String, String> many = new TreeMap<>();
    for (int i = 0; i < 300; i++) {
      many.put("a_property_with_a_long_name_%03d".formatted(i), "string");
    }
    return many;
  }

  /** One request for each path and choice of parameters. */
  private static List<JsonNode> distinct(List<Call> calls) {
    Map<String, JsonNode> kinds = new LinkedHashMap<>();
    for (Call call : calls) {
      String more =
          call.body().contains("\"after\"") || call.body().contains("\"GT\"") ? " on" : "";
      String kind =
          call.method() + call.path() + call.query().keySet() + call.query("archived") + more;
      kinds.putIfAbsent(kind, tree(call));
    }
    return List.copyOf(kinds.values());
  }

  private static JsonNode tree(Call call) {
    ObjectNode tree = MAPPER.createObjectNode();
    tree.put("method", call.method()).put("path", call.path()).put("body", call.body());
    ObjectNode query = tree.putObject("query");
    call.query()
        .forEach(
            (name, value) -> {
              ArrayNode values = query.putArray(name);
              Arrays.stream(name.equals("properties") ? value.split(",") : new String[] {value})
                  .forEach(values::add);
            });
    return tree;
  }

  private JsonNode repeated(Path client, List<JsonNode> requests) throws Exception {
    Path script = folder.resolve("vendor-client.mjs");
    Path input = folder.resolve("requests.json");
    Path output = folder.resolve("sent.json");
    try (InputStream resource = VendorClientTest.class.getResourceAsStream("vendor-client.mjs")) {
      Files.write(script, Objects.requireNonNull(resource).readAllBytes());
    }
    Files.writeString(input, requests.toString());
    int exit =
        node(script, client)
            .redirectInput(input.toFile())
            .redirectOutput(output.toFile())
            .start()
            .waitFor();
    assertThat(exit).isZero();
    return MAPPER.readTree(output.toFile());
  }

  private static ProcessBuilder node(Path script, Path client) throws IOException {
    return new ProcessBuilder("node", script.toString(), client.toRealPath().toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT);
  }

  /** Bodies as trees or sorted forms, queries without order. */
  private static List<Object> comparable(JsonNode request) throws IOException {
    String body = request.path("body").asText();
    Object content =
        body.startsWith("{")
            ? MAPPER.readTree(body)
            : new TreeSet<>(Arrays.asList(body.split("&")));
    Map<String, TreeSet<String>> query = new TreeMap<>();
    request
        .path("query")
        .properties()
        .forEach(
            entry -> {
              var values = query.computeIfAbsent(entry.getKey(), none -> new TreeSet<>());
              entry.getValue().forEach(value -> values.add(value.asText()));
            });
    return List.of(request.path("method").asText(), request.path("path").asText(), query, content);
  }
}
