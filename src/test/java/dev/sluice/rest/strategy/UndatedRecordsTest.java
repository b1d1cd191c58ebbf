package dev.sluice.rest.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.rest.http.Request;
import dev.sluice.rest.page.Listing;
import dev.sluice.rest.page.Page;
import dev.sluice.rest.page.PageFetch;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Offset;
import dev.sluice.spi.Options;
import dev.sluice.spi.RequestListener;
import dev.sluice.spi.SourceRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records whose cursor is missing or is no timestamp, and which the source lists all the same. */
class UndatedRecordsTest {
  private static final Instant NOW = ShiftingList.BASE.plus(Duration.ofHours(1));

  /** Lists its records as they are, without bounds, a few on a page. */
  private static final class Plain implements PageFetch {
    private final List<String> records = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final int size;
    private int pages;

    Plain(int size) {
      this.size = size;
    }

    Plain dated(int id) {
      records.add(ShiftingList.json(id, ShiftingList.BASE.plusSeconds(id)));
      return this;
    }

    @Override
    public synchronized Page page(Listing listing, Request request) {
      pages++;
      Optional<Instant> since = request.parameter("since").map(Instant::parse);
      List<String> shown =
          records.stream()
              .filter(
                  record ->
                      since.isEmpty()
                          || Strategies.CURSOR
                              .find(SourceRecord.of(record))
                              .filter(since.get()::isAfter)
                              .isEmpty())
              .toList();
      int from = Integer.parseInt(request.parameter("page").orElse("0")) * size;
      int to = Math.min(shown.size(), from + size);
      return new Page(
          shown.subList(Math.min(from, to), to).stream().map(SourceRecord::of).toList(),
          to < shown.size()
              ? Optional.of(request.with("page", Integer.toString(to / size)))
              : Optional.empty());
    }

    Reading reading(Repetition repetition, int cap) {
      RequestListener listener =
          new RequestListener() {
            @Override
            public void warning(String message) {
              warnings.add(message);
            }
          };
      return new Reading(
          (context, start, out) -> {
            var read =
                Incremental.of(
                    context.with(listener),
                    new CursorListing(this, ShiftingList.listing(), Strategies.CURSOR),
                    Duration.ZERO,
                    Options.NONE);
            return switch (repetition) {
              case ALLOWED -> read.limitOnTheFly(Optional.empty(), start, out);
              case NEVER -> read.limitBeforeFetch("limit", 3, start, out);
            };
          },
          cap);
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneOfThemIsDeliveredOnceAndHidesNoOther(Repetition repetition) {
    for (String undated :
        List.of("{\"id\":90}", "{\"id\":90,\"at\":null}", "{\"id\":90,\"at\":\"soon\"}")) {
      for (int cap : new int[] {1, 100}) {
        var source = new Plain(3).dated(1).dated(2).dated(3).dated(4);
        source.records.add(1, undated);
        source.records.add(undated.replace("90", "91"));
        var reading = source.reading(repetition, cap);

        reading.invoke(NOW);
        Offset before = reading.offset();
        List<String> quiet = reading.invoke(NOW.plusSeconds(1));
        source.dated(5);
        List<String> news = reading.invoke(NOW.plusSeconds(2));

        assertThat(quiet).isEmpty();
        assertThat(news).hasSize(1);
        assertThat(before.json()).contains("\"cursor\":\"2026-01-01T00:00:04Z\"");
        assertThat(reading.records()).containsExactlyInAnyOrderElementsOf(source.records);
        assertThat(source.warnings).hasSize(2).first().asString().contains("id 90", "'at'");
      }
    }
  }

  @Test
  void oneThatComesAloneIsDeliveredByATableThatHasACursor() {
    var source = new Plain(3).dated(1);
    var reading = source.reading(Repetition.ALLOWED, 100);
    reading.invoke(NOW);
    source.records.clear();
    source.records.add("{\"id\":90}");

    assertThat(reading.invoke(NOW.plusSeconds(1))).containsExactly("{\"id\":90}");
    assertThat(reading.invoke(NOW.plusSeconds(2))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 10_000})
  void aTableOfNothingElseIsRefused(int count) {
    var source = new Plain(5);
    IntStream.range(0, count).forEach(id -> source.records.add("{\"id\":%d}".formatted(id)));
    var reading = source.reading(Repetition.ALLOWED, 2);

    assertThatThrownBy(() -> reading.invoke(NOW))
        .hasMessageContaining("the record with id 0")
        .hasMessageContaining("no 'at'")
        .extracting(e -> ((ConnectorException) e).kind())
        .isEqualTo(ConnectorException.Kind.PROTOCOL);
    assertThat(reading.records()).isEmpty();
    assertThat(source.pages).isLessThan(30);
  }

  @Test
  void manyBeforeTheFirstOneWithACursorAreDelivered() {
    var source = new Plain(2);
    IntStream.range(10, 15).forEach(id -> source.records.add("{\"id\":%d}".formatted(id)));
    source.dated(1).dated(2);
    var reading = source.reading(Repetition.ALLOWED, 1);

    reading.invoke(NOW);

    assertThat(reading.records()).containsExactlyInAnyOrderElementsOf(source.records);
  }
}
