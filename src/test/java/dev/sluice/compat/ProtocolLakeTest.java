package dev.sluice.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What kills, resets and failures have left behind. */
class ProtocolLakeTest {
  private static final List<String> USERS = Item.names(Item.range("u", 1, 20));
  private static final List<String> PRODUCTS = Item.names(Item.range("p", 1, 11));

  private final ExampleApi api =
      new ExampleApi()
          .with("products/records", Item.range("p", 1, 11))
          .with("users/records", Item.range("u", 1, 20))
          .with("orders/records", Item.range("o", 1, 6))
          .with("orders/deleted_records", Item.range("o", 21, 28));
  private final Source source = Source.start(api);
  @TempDir Path folder;

  @AfterEach
  void close() {
    source.close();
  }

  private String first(String path) {
    return source.first("/tables/" + path);
  }

  @Test
  void batchThatTheCheckpointDoesNotKnowIsAdopted() {
    var past = Past.of(folder, "adoption", source);

    var report = past.sync("users");

    assertThat(first("users/records"))
        .isEqualTo("GET /tables/users/records?since=2026-01-10T00:12:59.999999+00:00");
    assertThat(report.path("records").asInt()).as("the adopted ones included").isEqualTo(11);
    assertThat(past.records("users")).containsExactlyElementsOf(USERS);
  }

  @Test
  void firstBatchIsAdoptedAndShown() {
    var past = Past.of(folder, "adoption", source);

    past.sync("first");

    assertThat(first("users/records"))
        .isEqualTo("GET /tables/users/records?since=2026-01-10T00:04:59.999999+00:00");
    assertThat(past.records("first")).containsExactlyElementsOf(USERS);
  }

  @Test
  void batchOfDeletesIsAdopted() {
    var past = Past.of(folder, "adoption", source);

    past.sync("orders");

    assertThat(first("orders/deleted_records"))
        .isEqualTo("GET /tables/orders/deleted_records?since=2026-01-10T00:24:59.999999+00:00");
    assertThat(past.deletes("orders"))
        .containsExactlyElementsOf(Item.names(Item.range("o", 21, 28)));
  }

  @Test
  void batchOfASnapshotIsAdopted() {
    var past = Past.of(folder, "adoption", source);

    past.sync("products");

    assertThat(first("products/records")).isEqualTo("GET /tables/products/records?page=3");
    assertThat(past.records("products")).containsExactlyInAnyOrderElementsOf(PRODUCTS);
    assertThat(past.current("products")).isEqualTo(1);
  }

  /** {@code hidden}: the checkpoint knows the seal, too, but readers do not. */
  @ParameterizedTest
  @ValueSource(strings = {"sealed", "hidden"})
  void sealOfASnapshotIsAdoptedAndTheSnapshotShown(String table) {
    var past = Past.of(folder, "adoption", source);

    past.sync(table);

    assertThat(past.current(table)).isEqualTo(1);
    assertThat(past.records(table)).containsExactlyInAnyOrderElementsOf(PRODUCTS);
    assertThat(past.state(table, "data").path("generation").asInt())
        .as("the same was read once more, and begins the next one")
        .isEqualTo(3);
  }

  @Test
  void generationBegunByAResetGoesOnUnseenUntilItHasCaughtUp() {
    api.with("users/records", Item.range("u", 1, 9));
    var past = Past.of(folder, "reset", source);
    List<String> users = Item.names(Item.range("u", 1, 9));
    assertThat(past.current("users")).isEqualTo(1);
    assertThat(past.recordsOfGeneration("users", 2)).isNotEmpty();

    past.sync("users");

    assertThat(first("users/records"))
        .isEqualTo("GET /tables/users/records?since=2026-01-10T00:06:59.999999+00:00");
    assertThat(past.current("users")).isEqualTo(2);
    assertThat(past.records("users")).containsExactlyElementsOf(users);
    assertThat(past.recordsOfGeneration("users", 1)).containsExactlyElementsOf(users);
  }

  @ParameterizedTest
  @ValueSource(strings = {"begun", "purged"})
  void generationWithoutABatchIsReadFromTheBeginning(String table) {
    api.with("users/records", Item.range("u", 1, 9));
    var past = Past.of(folder, "reset", source);

    past.sync(table);

    assertThat(first("users/records")).isEqualTo("GET /tables/users/records");
    assertThat(past.current(table)).isEqualTo(table.equals("purged") ? 3 : 2);
    assertThat(past.records(table)).containsExactlyElementsOf(Item.names(Item.range("u", 1, 9)));
  }

  @Test
  void resetHoldsForDeletes() {
    api.with("orders/deleted_records", Item.range("o", 21, 24));
    var past = Past.of(folder, "reset", source);

    past.sync("orders");

    assertThat(first("orders/deleted_records")).isEqualTo("GET /tables/orders/deleted_records");
    assertThat(past.current("orders")).isEqualTo(2);
    assertThat(past.deletes("orders"))
        .containsExactlyElementsOf(Item.names(Item.range("o", 21, 24)));
    assertThat(past.state("orders", "deletes").path("generation").asInt()).isEqualTo(2);
  }

  @Test
  void resetHoldsForASnapshot() {
    api.with("products/records", Item.range("p", 1, 8));
    var past = Past.of(folder, "reset", source);
    int building = past.state("products", "data").path("generation").asInt();

    past.sync("products");

    assertThat(past.current("products")).isEqualTo(building);
    assertThat(past.records("products"))
        .containsExactlyInAnyOrderElementsOf(Item.names(Item.range("p", 1, 8)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"users", "orders"})
  void failuresAreCountedOn(String table) {
    try (var broken =
        Source.start(
            call ->
                call.line().matches(".*/users/records.*|.*/deleted_records.*")
                    ? new Source.Answer(500, Map.of(), "{\"message\":\"broken\"}")
                    : api.answer(call))) {
      var past = Past.of(folder, "stuck", broken);

      assertThat(past.syncToFailure(table)).startsWith("Stuck: ").contains("3 times in a row");
    }
  }
}
