package dev.sluice.connectors.hubspot;

import dev.sluice.rest.ApiClient;
import dev.sluice.rest.strategy.TimeWindow;
import dev.sluice.rest.strategy.WindowScan;
import dev.sluice.rest.strategy.WindowScanPage;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.SourceRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The archived objects of a type, which HubSpot keeps for 90 days. The list is not ordered by time
 * and accepts no bounds, so every sweep reads all of it.
 */
record ArchivedObjects(ApiClient api, ObjectType type, int pageSize) implements WindowScan.Source {
  private static final String ARCHIVED_AT = "archivedAt";
  private static final String UPDATED_AT = "updatedAt";

  @Override
  public WindowScanPage page(TimeWindow window, Optional<String> place) {
    WindowScanPage page =
        LiveObjects.page(
            api,
            LiveObjects.list(type, pageSize)
                .with("archived", "true")
                .with("after", place)
                .only(this::isArchived));
    return new WindowScanPage(
        page.records().stream().filter(record -> isWithin(window, record)).toList(), page.next());
  }

  /** Refuses live objects: each would be delivered as a deletion. */
  private boolean isArchived(SourceRecord record) {
    if (record.text("archived").equals(Optional.of("false"))) {
      throw ConnectorException.protocol(
          "the list of archived %s holds %s, which is not archived"
              .formatted(type, LiveObjects.id(record)));
    }
    return true;
  }

  private boolean isWithin(TimeWindow window, SourceRecord record) {
    return window.from().isEmpty()
        || date(record).map(date -> !date.isBefore(window.from().get())).orElse(true);
  }

  /**
   * Returns when the object was archived. It is empty where HubSpot gives the time of the last
   * change instead, which may be long before the window. HubSpot did so for all types, and said
   * that it still does for contacts.
   */
  @Override
  public Optional<Instant> date(SourceRecord record) {
    return Dates.in(record, ARCHIVED_AT)
        .filter(
            archived ->
                Stream.of(UPDATED_AT, type.modifiedField())
                    .flatMap(field -> Dates.in(record, field).stream())
                    .allMatch(archived::isAfter));
  }

  /** Returns the records, with a deletion dated after the last change of its object, or with it. */
  @Override
  public List<SourceRecord> complete(TimeWindow window, List<SourceRecord> records) {
    return records.stream()
        .map(
            record ->
                date(record).isPresent()
                    ? record.with(UPDATED_AT, record.text(ARCHIVED_AT).orElseThrow())
                    : record)
        .toList();
  }
}
