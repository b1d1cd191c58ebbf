package dev.sluice.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every strategy that the example connector reads by, each from the middle of a read. */
class ExampleLakeTest {
  private static final List<Item> USERS = Item.range("u", 1, 20);
  private static final Item LATE_USER = Item.one("u", 99, Duration.ofSeconds(630));

  private final ExampleApi api =
      new ExampleApi()
          .with("products/records", Item.range("p", 1, 14))
          .with("events/records", Item.range("e", 1, 20))
          .with("users/records", USERS)
          .with("orders/records", Item.range("o", 1, 6))
          .with("orders/deleted_records", Item.range("o", 21, 40))
          .with("metrics/records", metrics());
  private final Source source = Source.start(api);
  @TempDir Path folder;

  @AfterEach
  void close() {
    source.close();
  }

  private static List<Item> metrics() {
    return Stream.concat(Item.range("m", 1, 25).stream(), Item.range("m", 200, 203).stream())
        .toList();
  }

  private String first(String path) {
    return source.first("/tables/" + path);
  }

  @Test
  void snapshotGoesOnWithItsLastPage() {
    var past = Past.of(folder, "example", source);

    past.sync("products");

    assertThat(first("products/records")).isEqualTo("GET /tables/products/records?page=2");
    assertThat(past.records("products"))
        .containsExactlyInAnyOrderElementsOf(Item.names(Item.range("p", 1, 14)));
  }

  @Test
  void appendTableGoesOnBehindItsCursorAndLooksBack() {
    Item late = Item.one("e", 99, Duration.ofSeconds(630));
    api.with("events/records", Item.and(Item.range("e", 1, 20), late));
    var past = Past.of(folder, "example", source);

    past.sync("events");

    assertThat(first("events/records"))
        .isEqualTo("GET /tables/events/records?limit=3&since=2026-01-10T00:08:59.999999+00:00");
    assertThat(past.records("events"))
        .containsExactlyInAnyOrderElementsOf(Item.names(Item.and(Item.range("e", 1, 20), late)));
  }

  @Test
  void changesGoOnBehindTheirCursorAndLookBack() {
    Item changed = USERS.getFirst().changed(Duration.ofMinutes(30));
    api.with("users/records", Item.and(USERS.subList(1, 20), LATE_USER, changed));
    var past = Past.of(folder, "example", source);

    past.sync("users");

    assertThat(first("users/records"))
        .isEqualTo("GET /tables/users/records?since=2026-01-10T00:07:59.999999+00:00");
    assertThat(past.records("users"))
        .containsExactlyInAnyOrderElementsOf(Item.names(Item.and(USERS, LATE_USER, changed)));
  }

  @Test
  void deletesGoOnBehindTheirCursor() {
    var past = Past.of(folder, "example", source);

    past.sync("orders");

    assertThat(first("orders/records"))
        .isEqualTo("GET /tables/orders/records?since=2026-01-10T00:05:59.999999+00:00");
    assertThat(first("orders/deleted_records"))
        .isEqualTo("GET /tables/orders/deleted_records?since=2026-01-10T00:30:59.999999+00:00");
    assertThat(past.records("orders")).containsExactlyElementsOf(Item.names(Item.range("o", 1, 6)));
    assertThat(past.deletes("orders"))
        .containsExactlyElementsOf(Item.names(Item.range("o", 21, 40)));
  }

  @ParameterizedTest
  @CsvSource({
    "metrics,       2026-01-10T00:20:59.999999+00:00, 2026-01-10T00:31:00.000000+00:00",
    // behind windows in which there was nothing
    "quiet_metrics, 2026-01-10T01:29:59.999999+00:00, 2026-01-10T01:35:00.000000+00:00"
  })
  void windowsGoOnBehindTheLastOne(String table, String since, String until) {
    var past = Past.of(folder, "example", source);

    past.sync(table);

    assertThat(first("metrics/records"))
        .isEqualTo("GET /tables/metrics/records?since=%s&until=%s".formatted(since, until));
    assertThat(past.records(table)).containsExactlyElementsOf(Item.names(metrics()));
  }

  @Test
  void offsetThatLiesBesideTheObjectsIsFound() {
    List<Item> users =
        Stream.concat(
                Item.tied("u", 100, 279, Duration.ofMinutes(5)).stream(),
                Item.range("u", 6, 8).stream())
            .toList();
    api.pagesOf(50).with("users/records", users);
    var past = Past.of(folder, "tied", source);

    past.sync("users");

    assertThat(first("users/records"))
        .isEqualTo("GET /tables/users/records?since=2026-01-10T00:04:59.999999+00:00");
    assertThat(past.records("users")).containsExactlyInAnyOrderElementsOf(Item.names(users));
  }

  @Test
  void whatALookbackHoldsBeyondMemoryIsKnownByItsDigest() {
    List<Item> users = Item.range("u", 1, 900);
    api.pagesOf(300).with("users/records", Item.range("u", 1, 901));
    var past = Past.of(folder, "crowded", source);

    var report = past.sync("users");

    assertThat(report.path("records").asInt()).isEqualTo(1);
    assertThat(past.records("users"))
        .startsWith(Item.names(users).toArray(String[]::new))
        .endsWith("u901@0");
  }

  @ParameterizedTest
  @CsvSource({"zstd, .jsonl.zst", "gzip, .jsonl.gz"})
  void generationKeepsItsCompression(String compression, String ending) {
    var past = Past.of(folder, compression, source);
    past.rewrite("compression: " + compression, "compression: none");

    past.sync("users");

    assertThat(past.objects("users"))
        .hasSizeGreaterThan(3)
        .allSatisfy(object -> assertThat(object).endsWith(ending));
    assertThat(past.records("users")).containsExactlyElementsOf(Item.names(USERS));
  }
}
