package dev.sluice.rest.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rest.page.Page;
import dev.sluice.rest.page.PageFetch;
import dev.sluice.rest.walk.Fingerprints;
import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.Offset;
import dev.sluice.spi.Options;
import dev.sluice.spi.SourceRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two versions of one record with the same cursor value. */
class VersionsTest {
  private static final Instant BASE = ShiftingList.BASE;
  private final List<String> records = new ArrayList<>();
  private final PageFetch source =
      (listing, request) ->
          new Page(
              records.stream()
                  .map(SourceRecord::of)
                  .filter(record -> isFrom(request.parameter("since"), record))
                  .toList(),
              Optional.empty());

  private static boolean isFrom(Optional<String> since, SourceRecord record) {
    return since.map(Instant::parse).filter(Strategies.CURSOR.value(record)::isBefore).isEmpty();
  }

  private static String version(int id, String state) {
    return "{\"id\":%d,\"at\":\"%s\",\"state\":\"%s\"}".formatted(id, BASE.plusSeconds(id), state);
  }

  private Incremental incremental(ConnectorContext context, Duration lookback) {
    return Incremental.of(
        context,
        new CursorListing(source, ShiftingList.listing(), Strategies.CURSOR),
        lookback,
        Options.NONE);
  }

  private Reading.Read changes(Duration lookback) {
    return (context, start, out) ->
        incremental(context, lookback).limitOnTheFly(Optional.empty(), start, out);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aSecondChangeWithinATickIsDeliveredWhereItIsRemembered(int id) {
    records.addAll(List.of(version(1, "open"), version(2, "open")));
    var reading = new Reading(changes(Duration.ofSeconds(5)), 100);
    reading.invoke(BASE.plusSeconds(60));
    records.set(id - 1, version(id, "closed"));

    List<String> news = reading.invoke(BASE.plusSeconds(120));
    List<String> quiet = reading.invoke(BASE.plusSeconds(180));

    assertThat(news).containsExactly(version(id, "closed"));
    assertThat(quiet).isEmpty();
  }

  @Test
  void twoRecordsOfOneKeyAndOneInstantAreTwo() {
    records.addAll(List.of(version(1, "open"), version(1, "closed"), version(2, "open")));
    var reading = new Reading(changes(Duration.ZERO), 100);

    reading.invoke(BASE.plusSeconds(60));

    assertThat(reading.records()).containsExactlyElementsOf(records);
  }

  @Test
  void anAppendTableKeepsToTheIdentity() {
    records.add(version(1, "open"));
    var reading =
        new Reading(
            (context, start, out) ->
                incremental(context, Duration.ofSeconds(5))
                    .limitBeforeFetch("limit", 9, start, out),
            100);
    reading.invoke(BASE.plusSeconds(60));
    records.set(0, version(1, "seen by another eye"));

    assertThat(reading.invoke(BASE.plusSeconds(120))).isEmpty();
  }

  /** Offsets of earlier releases name a record by its key and its cursor. */
  @Test
  void anOffsetOfKeysIsReadOnWithoutAFlood() {
    records.addAll(List.of(version(1, "open"), version(2, "open")));
    String one = Fingerprints.of(SourceRecord.of(records.get(0)), List.of("id", "at"));
    String two = Fingerprints.of(SourceRecord.of(records.get(1)), List.of("id", "at"));
    Offset before =
        Offset.parse(
            """
            {"cursor":"%s","lookback":"PT5S","run":"2026-01-01T00:00:30Z",
             "seen":{"%s":["%s"],"%s":["%s"]}}
            """
                .formatted(
                    BASE.plusSeconds(2), BASE.plusSeconds(1), one, BASE.plusSeconds(2), two));
    var reading = new Reading(changes(Duration.ofSeconds(5)), 100, before);

    assertThat(reading.invoke(BASE.plusSeconds(60))).isEmpty();
    records.add(version(3, "open"));
    assertThat(reading.invoke(BASE.plusSeconds(120))).containsExactly(version(3, "open"));
    records.set(2, version(3, "closed"));
    assertThat(reading.invoke(BASE.plusSeconds(180))).containsExactly(version(3, "closed"));
  }
}
