package dev.sluice.connectors.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.proof.LakeInFolder;
import dev.sluice.proof.Sluice;
import dev.sluice.spi.SourceRecord;
import dev.sluice.testkit.Call;
import dev.sluice.testkit.RowSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Syncs all types of an account by the packaged program, while objects change, are archived and
 * restored, and compares the lake with the account.
 *
 * <p>{@code proof.objects} says how many objects of each type there are.
 */
class AccountSyncTest {
  private static final int OBJECTS = Integer.getInteger("proof.objects", 150);
  private final Instant past = Instant.now().minusSeconds(90_000);

  @TempDir Path folder;

  @Test
  void everyObjectOfEveryTypeArrivesAndWhatIsGoneIsGone() throws Exception {
    try (var hubSpot = new HubSpotStandIn()) {
      List<CrmTable> tables = List.copyOf(hubSpot.api().tables());
      for (CrmTable table : tables) {
        for (int key = 0; key < OBJECTS; key++) {
          table.put(CrmFixture.object(table, RowSpec.of(key, past.plusMillis(500L * key))));
        }
      }
      Files.writeString(folder.resolve("pipeline.yaml"), pipeline(hubSpot, tables));
      var sluice = new Sluice(folder, Map.of("TOKEN", HubSpotStandIn.TOKEN));
      int[] changes = {0};
      disturb(hubSpot, tables, changes);

      assertThat(sluice.run("sync", "-p", "pipeline.yaml")).as(sluice.errors()).isZero();
      assertThat(sluice.run("sync", "-p", "pipeline.yaml")).as(sluice.errors()).isZero();
      hubSpot.wire().recover();
      assertThat(sluice.run("sync", "-p", "pipeline.yaml")).as(sluice.errors()).isZero();

      assertThat(changes[0]).isGreaterThan(20);
      System.out.printf("%d changes while it was read%n", changes[0]);
      for (CrmTable table : tables) {
        compare(hubSpot, table);
      }
    }
  }

  private static String pipeline(HubSpotStandIn hubSpot, List<CrmTable> tables) {
    return """
        name: account
        connector: hubspot
        connection:
          base_url: %s
          access_token: ${env:TOKEN}
          requests_per_ten_seconds: 1000000
          searches_per_second: 1000000
        destination:
          uri: file:./lake
        tables:
        %s"""
        .formatted(
            hubSpot.baseUrl(),
            tables.stream()
                .map(table -> "  - table: %s\n".formatted(table.name()))
                .collect(Collectors.joining()));
  }

  /** Before each request an object of each type is changed, archived or restored. */
  private static void disturb(HubSpotStandIn hubSpot, List<CrmTable> tables, int[] changes) {
    hubSpot
        .wire()
        .beforeRequest(
            1,
            () -> {
              int step = changes[0]++;
              Instant now = Instant.now();
              for (CrmTable table : tables) {
                int key = (step * 37) % OBJECTS;
                if (step % 3 == 0) {
                  table.archive(CrmFixture.id(key), now);
                } else {
                  table.put(CrmFixture.object(table, new RowSpec(key, now, step)));
                }
              }
              disturb(hubSpot, tables, changes);
            });
  }

  private void compare(HubSpotStandIn hubSpot, CrmTable table) {
    Path lake = folder.resolve("lake/account").resolve(table.name());
    Map<String, JsonNode> alive = new HashMap<>();
    List<String> data = new LakeInFolder(lake.resolve("data")).lines();
    List<String> deletes = new LakeInFolder(lake.resolve("deletes")).lines();
    data.forEach(line -> fold(alive, line));
    for (String line : deletes) {
      JsonNode tombstone = SourceRecord.of(line).tree();
      alive.computeIfPresent(
          tombstone.path("id").asText(),
          (id, record) -> updatedAt(tombstone).isBefore(updatedAt(record)) ? record : null);
    }
    Map<String, JsonNode> expected = new HashMap<>();
    table
        .live()
        .forEach(
            object ->
                expected.put(
                    Long.toString(object.id()),
                    object.json(CrmSearch.all(table)).path("properties")));
    assertThat(alive.keySet()).as(table.name()).isEqualTo(expected.keySet());
    alive.forEach(
        (id, record) -> assertThat(record.path("properties")).as(id).isEqualTo(expected.get(id)));
    System.out.printf(
        "  %-10s alive in source %4d, in lake %4d, versions %4d, tombstones %3d, requests %4d%n",
        table.name(),
        table.live().size(),
        alive.size(),
        data.size(),
        deletes.size(),
        hubSpot.calls().stream().filter(call -> isOf(call, table)).count());
  }

  private static boolean isOf(Call call, CrmTable table) {
    return List.of(call.path().split("/")).contains(table.name());
  }

  private static void fold(Map<String, JsonNode> records, String line) {
    JsonNode record = SourceRecord.of(line).tree();
    records.merge(
        record.path("id").asText(),
        record,
        (older, newer) -> updatedAt(newer).isBefore(updatedAt(older)) ? older : newer);
  }

  private static Instant updatedAt(JsonNode record) {
    return Instant.parse(record.path("updatedAt").asText());
  }
}
