package dev.sluice.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The offsets of the HubSpot connector: sweeps through lists, searches and the archive. */
class HubSpotLakeTest {
  /** Between the two runs that wrote the lake. */
  private static final Duration THEN = Duration.ofHours(16).plusMinutes(30);

  private static final List<Item> COMPANIES =
      Stream.concat(Item.range("", 1, 6).stream(), Item.tied("", 7, 20, THEN).stream()).toList();
  private static final List<Item> ARCHIVED_TICKETS =
      List.of(
          Item.one("", 21, Duration.ofMinutes(21)),
          Item.one("", 22, Duration.ofMinutes(22)).changed(Duration.ofMinutes(22)),
          Item.one("", 23, THEN));

  private final HubSpotApi api =
      new HubSpotApi()
          .with("contacts", Item.range("", 1, 20))
          .with("companies", COMPANIES)
          .with("deals", Item.range("", 1, 4))
          .with("tickets", Item.range("", 1, 2))
          .withArchived("deals", Item.range("", 21, 40))
          .withArchived("tickets", ARCHIVED_TICKETS);
  private final Source source = Source.start(api);
  @TempDir Path folder;

  @AfterEach
  void close() {
    source.close();
  }

  private String first(String path) {
    return source.first("/crm/objects/2026-03/" + path);
  }

  @Test
  void firstSweepGoesOnInTheList() {
    var past = Past.of(folder, "hubspot", source);

    past.sync("contacts");

    assertThat(first("contacts"))
        .startsWith("GET /crm/objects/2026-03/contacts?limit=100&archived=false&properties=")
        .endsWith("&after=12");
    assertThat(past.records("contacts"))
        .containsExactlyInAnyOrderElementsOf(Item.names(Item.range("", 1, 20)));
  }

  @Test
  void laterSweepGoesOnInItsSearch() {
    var past = Past.of(folder, "hubspot", source);

    past.sync("companies");

    assertThat(first("companies/search"))
        .contains("\"operator\":\"GTE\",\"value\":\"%d\"".formatted(millis(15)))
        .contains("\"operator\":\"GT\",\"value\":\"12\"");
    assertThat(past.records("companies"))
        .containsExactlyInAnyOrderElementsOf(Item.names(COMPANIES));
  }

  private static long millis(int hour) {
    return Item.FIRST.plus(Duration.ofHours(hour)).toEpochMilli();
  }

  @Test
  void sweepThroughTheArchiveGoesOn() {
    var past = Past.of(folder, "hubspot", source);

    past.sync("deals");

    assertThat(first("deals/search"))
        .contains("\"operator\":\"GTE\",\"value\":\"%d\"".formatted(millis(15)));
    assertThat(source.first("archived=true"))
        .isEqualTo("GET /crm/objects/2026-03/deals?limit=100&archived=true&after=32");
    assertThat(past.deletes("deals"))
        .containsExactlyInAnyOrderElementsOf(Item.names(Item.range("", 21, 40)));
  }

  @Test
  void archivedObjectsWithoutADateAreKnown() {
    var past = Past.of(folder, "hubspot", source);

    past.sync("tickets");

    assertThat(source.requests()).anyMatch(line -> line.contains("archived=true"));
    assertThat(past.deletes("tickets"))
        .containsExactlyInAnyOrderElementsOf(Item.names(ARCHIVED_TICKETS));
  }
}
