package dev.sluice.connectors.hubspot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.spi.Options;
import dev.sluice.testkit.RowSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole syncs of an account whose people do not rest, record by record. */
class HubSpotChangingSourceTest {
  private static final Instant DAY = Instant.parse("2026-03-02T08:00:00Z");
  private static final int OBJECTS = 400;
  private static final int RUNS = 6;

  /**
   * Before every request something is created, changed, archived or restored, at the source's
   * present; the search index runs behind for some of it.
   */
  @ParameterizedTest
  @CsvSource({
    "contacts, 1, 7, narrow",
    "deals, 7, 30, narrow",
    "companies, 100, 100, wide",
    "tickets, 2147483647, 100, wide",
    "2-7654321, 7, 30, wide"
  })
  void nothingIsLostOrLeftOver(String type, int cap, int pageSize, String breadth) {
    try (var hubSpot = new HubSpotStandIn()) {
      CrmTable table = hubSpot.api().table(type);
      if (breadth.equals("wide")) {
        table.define(manyProperties());
      }
      table.mostPerPage(pageSize);
      for (int key = 0; key < OBJECTS; key++) {
        table.put(CrmFixture.object(table, RowSpec.of(key, DAY.minusSeconds(OBJECTS - key))));
      }
      var people = new People(table, new Random(type.hashCode() + cap));
      var reader =
          new HubSpotReader(hubSpot, type, Options.NONE.with("associations", "deals"), cap);

      for (int run = 1; run <= RUNS; run++) {
        Instant startedAt = people.startOfRun();
        disturb(hubSpot, people);
        reader.read(startedAt);
        reader.readDeletes(startedAt);
      }
      hubSpot.wire().recover();
      people.rest();
      Instant last = people.startOfRun();
      reader.read(last);
      reader.readDeletes(last);

      Map<String, JsonNode> alive = reader.alive();
      assertThat(people.changes()).isGreaterThan(50);
      assertThat(alive.keySet())
          .containsExactlyInAnyOrderElementsOf(
              table.live().stream().map(object -> Long.toString(object.id())).toList());
      for (CrmObject object : table.live()) {
        assertThat(reader.record(object.id()).path("properties"))
            .isEqualTo(object.json(CrmSearch.all(table)).path("properties"));
      }
    }
  }

  private static void disturb(HubSpotStandIn hubSpot, People people) {
    hubSpot
        .wire()
        .beforeRequest(
            1,
            () -> {
              people.act();
              disturb(hubSpot, people);
            });
  }

  private static Map<String, String> manyProperties() {
    Map<String, String> many = new TreeMap<>();
    for (int i = 0; i < 300; i++) {
      many.put("a_property_with_a_long_name_%03d".formatted(i), "string");
    }
    return many;
  }

  /** Those who change the account, and its time. */
  private static final class People {
    private final CrmTable table;
    private final Random random;
    private final AtomicInteger changes = new AtomicInteger();
    private Instant now = DAY;
    private int created = OBJECTS;
    private int version;

    People(CrmTable table, Random random) {
      this.table = table;
      this.random = random;
    }

    synchronized Instant startOfRun() {
      now = now.plus(Duration.ofMinutes(1));
      return now;
    }

    synchronized void act() {
      now = now.plusMillis(random.nextInt(3)); // some things happen at the same time
      changes.incrementAndGet();
      int key = random.nextInt(created);
      switch (random.nextInt(6)) {
        case 0 -> put(created++);
        case 1 -> table.archive(CrmFixture.id(key), now);
        case 2 -> table.fallBehind();
        case 3 -> table.catchUp();
        default -> put(key);
      }
    }

    /** Creates, changes or restores. */
    private void put(int key) {
      table.put(CrmFixture.object(table, new RowSpec(key, now, ++version)));
    }

    synchronized void rest() {
      table.catchUp();
    }

    int changes() {
      return changes.get();
    }
  }
}
