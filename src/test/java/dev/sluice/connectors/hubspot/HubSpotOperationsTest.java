package dev.sluice.connectors.hubspot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.spi.Table;
import dev.sluice.testkit.Call;
import dev.sluice.testkit.RowSpec;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The checks of requests against HubSpot's published description of its API, which the stand-in
 * makes of each one, and where that is from.
 *
 * <p>The system property {@code hubspot.specification} names a clone of
 * HubSpot-public-api-spec-collection; without it the comparison with that is skipped.
 */
class HubSpotOperationsTest {
  private static final Instant DAY = Instant.parse("2026-03-02T08:00:00Z");

  @TempDir Path folder;

  private static Call call(String request, String body) {
    String[] parts = request.split("[ ?]", -1);
    Map<String, String> query = new LinkedHashMap<>();
    for (int i = 2; i < parts.length; i++) {
      String[] pair = parts[i].split("=", 2);
      query.put(pair[0], pair[1]);
    }
    return new Call(parts[0], URI.create("http://127.0.0.1:1"), parts[1], query, Map.of(), body);
  }

  /**
   * First loads, increments and deletes, narrow and wide, of HubSpot's and an account's objects.
   */
  @Test
  void everyRequestIsDescribedAndEveryDescriptionIsOfOne() {
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
        for (int key = 2; key < 5; key++) {
          table.archive(CrmFixture.id(key), DAY.plusSeconds(60));
        }
        reader.read(DAY.plus(Duration.ofDays(1)));
        reader.readDeletes(DAY.plus(Duration.ofDays(1)));
      }

      assertThat(hubSpot.calls())
          .allSatisfy(sent -> assertThat(HubSpotOperations.problems(sent)).isEmpty());
      assertThat(
              hubSpot.calls().stream()
                  .map(HubSpotOperations::of)
                  .flatMap(Optional::stream)
                  .distinct())
          .containsExactlyInAnyOrderElementsOf(HubSpotOperations.all());
    }
  }

  private static void fill(CrmTable table, Instant modified) {
    for (int key = 0; key < 5; key++) {
      table.put(CrmFixture.object(table, RowSpec.of(key, modified)));
    }
  }

  private static Map<String, String> manyProperties() {
    Map<String, String> many = new TreeMap<>();
    for (int i = 0; i < 300; i++) {
      many.put("a_property_with_a_long_name_%03d".formatted(i), "string");
    }
    return many;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /crm/v3/objects/deals",
        "GET /crm/objects/2026-03/deals?order=asc",
        "GET /crm/objects/2026-03/deals?limit=many",
        "GET /crm/objects/2026-03/deals?archived=perhaps",
        "GET /crm/properties/2026-03/",
        "POST /crm-object-schemas/2026-03/schemas"
      })
  void whatIsNotDescribedIsSaid(String request) {
    assertThat(HubSpotOperations.problems(call(request, ""))).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "crm/objects/2026-03/deals/search | {'limit':200,'after':'3'} | 0",
        "crm/objects/2026-03/deals/search | {'limit':'200'} | 1",
        "crm/objects/2026-03/deals/search | {'filterGroups':[{'filters':[{'property':'a'}]}]} | 1",
        "crm/objects/2026-03/deals/search | {'filters':[]} | 1",
        "crm/objects/2026-03/deals/batch/read | {'inputs':[{'id':7}]} | 1",
        "crm/objects/2026-03/deals/batch/read | { | 1",
        "crm/associations/2026-03/deals/notes/batch/read | {'inputs':[{'id':'7','limit':1}]} | 1",
        "oauth/2026-03/token | grant_type=refresh_token&client_id=a | 0",
        "oauth/2026-03/token | grant=refresh_token | 1"
      })
  void fieldsOfABodyAreComparedToo(String path, String body, int problems) {
    assertThat(HubSpotOperations.problems(call("POST /" + path, body.replace('\'', '"'))))
        .hasSize(problems);
  }

  @Test
  void theCheckedInFactsAreThoseOfHubSpotsDescription() throws Exception {
    String clone = System.getProperty("hubspot.specification", "");
    assumeTrue(
        !clone.isEmpty() && Files.isDirectory(Path.of(clone, "PublicApiSpecs")),
        "skipped: -Dhubspot.specification=FOLDER names no clone of HubSpot's descriptions");
    Path script = folder.resolve("operations.mjs");
    Path output = folder.resolve("operations.json");
    Files.write(script, resource("operations.mjs"));

    int exit =
        new ProcessBuilder("node", script.toString(), Path.of(clone).toRealPath().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(output.toFile())
            .start()
            .waitFor();

    assertThat(exit).isZero();
    var json = new JsonMapper();
    assertThat(json.readTree(output.toFile()))
        .isEqualTo(json.readTree(resource("operations.json")));
  }

  private static byte[] resource(String name) throws Exception {
    try (InputStream resource = HubSpotOperationsTest.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(resource).readAllBytes();
    }
  }
}
