package dev.sluice.connectors.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.spi.SourceRecord;
import dev.sluice.testkit.Ability;
import dev.sluice.testkit.RowSpec;
import dev.sluice.testkit.StandInTable;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole syncs of a repository whose people do not rest, record by record. */
class GitHubChangingSourceTest {
  private static final Instant DAY = Instant.parse("2026-03-02T08:00:00Z");
  private static final int RECORDS = 90;
  private static final int RUNS = 4;

  /** Before every request a record is created, changed or removed, at the source's present. */
  @ParameterizedTest
  @CsvSource({
    "issues, 1, 7",
    "issues, 30, 100",
    "comments, 7, 30",
    "comments, 2147483647, 7",
    "pull_requests, 1, 7",
    "pull_requests, 30, 30",
    "pull_requests, 2147483647, 7",
    "reviews, 7, 7",
    "reviews, 2147483647, 30",
    "commits, 7, 30",
    "commits, 2147483647, 7"
  })
  void nothingIsLost(String table, int cap, int pageSize) {
    GitHubList list = GitHubList.valueOf(table.toUpperCase(Locale.ROOT));
    try (var gitHub = GitHubStandIn.start()) {
      StandInTable source = gitHub.table(list);
      source.replaceAll(
          IntStream.range(0, RECORDS)
              .mapToObj(key -> RowSpec.of(key, DAY.minusSeconds(10L * (RECORDS - key / 3))))
              .toList());
      source.pageSize(pageSize);
      var people = new People(source, new Random(table.hashCode() + cap));
      var reader = GitHubReader.ofHello(gitHub, table).with("lookback_seconds", "60").cap(cap);

      for (int run = 0; run < RUNS; run++) {
        Instant startedAt = people.startOfRun();
        disturb(gitHub, people);
        reader.read(startedAt);
      }
      gitHub.wire().recover();
      reader.read(people.startOfRun());

      assertThat(people.changes).isPositive();
      Map<String, JsonNode> lake = new HashMap<>();
      reader.records().forEach(record -> lake.put(key(source, record), record.tree()));
      assertThat(source.truth()).isNotEmpty();
      assertThat(source.truth().values())
          .allSatisfy(record -> assertThat(lake.get(key(source, record))).isEqualTo(record.tree()));
    }
  }

  private static String key(StandInTable source, SourceRecord record) {
    return record.text(source.identity().getFirst()).orElseThrow();
  }

  private static void disturb(GitHubStandIn gitHub, People people) {
    gitHub
        .wire()
        .beforeRequest(
            1,
            () -> {
              people.act();
              disturb(gitHub, people);
            });
  }

  /** Those who change the repository, and its time. */
  private static final class People {
    private final StandInTable table;
    private final Random random;
    private final boolean updates;
    private Instant now = DAY;
    private int created = RECORDS;
    private int version;
    private final Map<Integer, Instant> changedAt = new HashMap<>();
    private int changes;

    People(StandInTable table, Random random) {
      this.table = table;
      this.random = random;
      this.updates = table.updates() instanceof Ability.Yes;
    }

    synchronized Instant startOfRun() {
      now = now.plus(Duration.ofMinutes(1));
      return now;
    }

    synchronized void act() {
      changes++;
      switch (random.nextInt(8)) {
        case 0 -> table.delete(random.nextInt(created), now);
        case 1 -> put(created++);
        default -> put(updates ? random.nextInt(created) : created++);
      }
    }

    /** Several things happen at the same time, but not twice to the same record. */
    private void put(int key) {
      if (random.nextInt(3) == 0 || now.equals(changedAt.get(key))) {
        now = now.plusSeconds(1);
      }
      changedAt.put(key, now);
      table.put(new RowSpec(key, now, ++version));
    }
  }
}
