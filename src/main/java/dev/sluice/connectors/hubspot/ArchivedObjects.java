package dev.sluice.connectors.hubspot;

import dev.sluice.rest.ApiClient;
import dev.sluice.rest.Listing;
import dev.sluice.rest.Request;
import dev.sluice.rest.Sweeps;
import dev.sluice.rest.SweptPage;
import dev.sluice.rest.Window;
import dev.sluice.spi.SourceRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The objects of a type that are archived, for 90 days. The list is in no order of time and knows
 * no bounds, so every sweep goes through all of it.
 */
record ArchivedObjects(ApiClient api, ObjectType type) implements Sweeps.Source {
  private static final String ARCHIVED_AT = "archivedAt";

  @Override
  public SweptPage page(Window window, Optional<String> place) {
    Request request =
        Request.get(Paths.OBJECTS, type.name())
            .with("limit", Integer.toString(LiveObjects.MOST_PER_LIST))
            .with("archived", "true")
            .with("after", place);
    var page =
        api.page(Listing.of(request).recordsIn("results").paginated(LiveObjects.PAGES), request);
    return new SweptPage(
        page.records().stream().filter(record -> isWithin(window, record)).toList(),
        page.next().flatMap(next -> next.parameter("after")));
  }

  private boolean isWithin(Window window, SourceRecord record) {
    return window.from().isEmpty()
        || date(record).map(date -> !date.isBefore(window.from().get())).orElse(true);
  }

  @Override
  public Optional<Instant> date(SourceRecord record) {
    // not updatedAt where it is missing: that may lie before the window
    return Dates.in(record, ARCHIVED_AT);
  }

  /** A deletion comes after the last change of its object. */
  @Override
  public List<SourceRecord> complete(Window window, List<SourceRecord> records) {
    return records.stream()
        .map(
            record ->
                record
                    .text(ARCHIVED_AT)
                    .map(instant -> record.with("updatedAt", instant))
                    .orElse(record))
        .toList();
  }
}
