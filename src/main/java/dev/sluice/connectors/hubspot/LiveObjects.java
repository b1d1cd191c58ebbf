package dev.sluice.connectors.hubspot;

import dev.sluice.rest.ApiClient;
import dev.sluice.rest.http.Request;
import dev.sluice.rest.page.Listing;
import dev.sluice.rest.page.Page;
import dev.sluice.rest.page.Pagination;
import dev.sluice.rest.strategy.Keyset;
import dev.sluice.rest.strategy.TimeWindow;
import dev.sluice.rest.strategy.WindowScan;
import dev.sluice.rest.strategy.WindowScanPage;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.SourceRecord;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The objects of a type that are not archived: all of them from the list, changes from searches.
 * Where the names of all properties are too long for one request, whole objects are read by their
 * ids.
 */
final class LiveObjects implements WindowScan.Source {
  private static final int MOST_PER_LIST = 100;

  private static final Pagination PAGES = Pagination.cursorToken("after", "paging.next.after");

  private static final Keyset BY_ID = new Keyset("id");

  private final ApiClient api;
  private final InstantSource clock;
  private final ObjectType type;
  private final Supplier<Properties> properties;
  private final Associations associations;
  private final PropertyValues values;
  private final int pageSize;

  LiveObjects(
      ApiClient api,
      InstantSource clock,
      ObjectType type,
      Supplier<Properties> properties,
      Associations associations,
      PropertyValues values,
      int pageSize) {
    this.api = api;
    this.clock = clock;
    this.type = type;
    this.properties = properties;
    this.associations = associations;
    this.values = values;
    this.pageSize = pageSize;
  }

  @Override
  public WindowScanPage page(TimeWindow window, Optional<String> place) {
    return isList(window) ? listed(place) : searched(window, place);
  }

  /**
   * Returns whether to use the list: the first sweep reads everything, which would exceed the
   * limits of a search.
   */
  private static boolean isList(TimeWindow window) {
    return window.from().isEmpty();
  }

  private WindowScanPage listed(Optional<String> after) {
    return page(
        api,
        list(type, pageSize)
            .with("archived", "false")
            .with(
                "properties",
                String.join(",", properties.get().fitIntoUrl() ? names() : onlyDate()))
            .with("after", after));
  }

  /** Describes the list of all objects of a type. */
  static Listing list(ObjectType type, int pageSize) {
    return Listing.of(Request.get(Paths.OBJECTS, type.name()))
        .sizedBy("limit", Math.min(pageSize, MOST_PER_LIST));
  }

  /**
   * Searches up to the present, although the window may end before. Otherwise an object that
   * changes all the time would be after every window by the time it is searched for.
   */
  private WindowScanPage searched(TimeWindow window, Optional<String> afterId) {
    List<String> wanted = properties.get().fitIntoSearch() ? names() : onlyDate();
    var search = new ObjectSearch(type, new TimeWindow(window.from(), clock.instant()), afterId);
    return BY_ID.page(
        afterId,
        after ->
            notAllBefore(
                window,
                page(
                    api,
                    Listing.of(Request.post(Paths.SEARCH, search.body(wanted, after), type.name()))
                        .sizedBy("limit", pageSize)
                        .totalIn("total"))));
  }

  /** Refuses the page of a search that ignores when objects were modified. */
  private WindowScanPage notAllBefore(TimeWindow window, WindowScanPage page) {
    boolean areAllBefore =
        !page.records().isEmpty()
            && page.records().stream()
                .allMatch(record -> date(record).filter(window.from().get()::isAfter).isPresent());
    if (areAllBefore) {
      throw ConnectorException.protocol(
          "A search for %s modified from %s on answers nothing but older ones, such as %s"
              .formatted(type, window.from().get(), id(page.records().getFirst())));
    }
    return page;
  }

  static WindowScanPage page(ApiClient api, Listing listing) {
    Page page = api.page(listing.recordsIn("results").paginated(PAGES), listing.request());
    page.records().forEach(LiveObjects::id);
    return new WindowScanPage(page.records(), page.next().flatMap(next -> next.parameter("after")));
  }

  /** Returns the id of an object, which all have. */
  static String id(SourceRecord object) {
    return object
        .text("id")
        .orElseThrow(() -> ConnectorException.protocol("An object has no 'id'"));
  }

  private List<String> names() {
    return properties.get().names();
  }

  private List<String> onlyDate() {
    return List.of(type.modified());
  }

  /**
   * Returns the date in the property that searches look at; {@code updatedAt} may be another
   * instant.
   */
  @Override
  public Optional<Instant> date(SourceRecord record) {
    return Dates.of(record, type.modifiedField());
  }

  @Override
  public List<SourceRecord> complete(TimeWindow window, List<SourceRecord> records) {
    boolean whole =
        isList(window) ? properties.get().fitIntoUrl() : properties.get().fitIntoSearch();
    List<SourceRecord> objects = whole ? records : new WholeObjects(api, type, names()).of(records);
    return associations.addTo(objects).stream()
        .map(object -> values.of(object, properties.get()))
        .toList();
  }
}
