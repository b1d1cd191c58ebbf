package dev.sluice.proof.failpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;

/** Compares the lake of a scene with the shop, once a run has caught up with a moment of it. */
record Stocktaking(Shop shop) {
  private static final List<String> GROWING = List.of("events", "users", "orders");

  /** Every version of every record once, a snapshot that is the source's, and nothing beside. */
  void requireExact(Scene scene, int moment) {
    for (String name : GROWING) {
      requireTable(scene, name, shop.versions(name, moment));
    }
    requireSnapshotAndDeletes(scene, moment);
  }

  /** The same of tables that were read from the beginning, at that moment. */
  void requireAnew(Scene scene, int moment) {
    for (String name : GROWING) {
      requireTable(scene, name, shop.records(name, moment));
    }
    requireSnapshotAndDeletes(scene, moment);
  }

  private void requireSnapshotAndDeletes(Scene scene, int moment) {
    requireTable(scene, "products", shop.records("products", moment));
    var orders = scene.table("orders");
    String deletes = orders.current().replace("data/", "deletes/");
    assertThat(orders.generations("deletes")).containsExactly(deletes);
    assertThat(orders.records(deletes))
        .containsExactlyInAnyOrderElementsOf(shop.tombstones(moment));
    requireGapless(orders, deletes);
  }

  private static void requireTable(Scene scene, String name, List<String> records) {
    var table = scene.table(name);
    String current = table.current();
    assertThat(table.generations("data")).as(name).containsExactly(current);
    assertThat(table.records(current)).as(name).containsExactlyInAnyOrderElementsOf(records);
    assertThat(table.document("schema.json").path("primary_keys")).as(name).hasSize(1);
    requireGapless(table, current);
  }

  private static void requireGapless(TableInLake table, String generation) {
    List<Long> numbers = table.numbers(generation);
    assertThat(numbers)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, numbers.size()).boxed().toList());
  }
}
