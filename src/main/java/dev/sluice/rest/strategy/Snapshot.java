package dev.sluice.rest.strategy;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.rest.ApiClient;
import dev.sluice.rest.http.Request;
import dev.sluice.rest.page.Listing;
import dev.sluice.rest.page.PageFetch;
import dev.sluice.rest.page.PageRef;
import dev.sluice.rest.page.PageTag;
import dev.sluice.rest.walk.Fingerprints;
import dev.sluice.rest.walk.ReadAhead;
import dev.sluice.rest.walk.RepeatBudget;
import dev.sluice.rest.walk.RepeatedWalk;
import dev.sluice.rest.walk.Row;
import dev.sluice.rest.walk.TaggedPages;
import dev.sluice.spi.ConnectorApi;
import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Offset;
import dev.sluice.spi.PrimaryKey;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.SourceRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a whole list, over as many microbatches as it takes. Each begins with the last page of the
 * one before, so that records which moved over its edge are not lost. When more than a page moved,
 * the list is read from the top again: records twice are better than missing records.
 */
@ConnectorApi
public final class Snapshot {

  /** The most fingerprints in an offset. */
  private static final int MOST_NAMES = 3_000;

  private static final int MOST_RESTARTS = 3;

  private final PageFetch fetch;
  private final Optional<ApiClient> api;
  private final Supplier<RepeatBudget> pace;
  private final Listing listing;
  private final PrimaryKey key;
  private final int pageSize;

  private Snapshot(
      PageFetch fetch,
      Optional<ApiClient> api,
      Supplier<RepeatBudget> pace,
      Listing listing,
      PrimaryKey key,
      int pageSize) {
    this.fetch = fetch;
    this.api = api;
    this.pace = pace;
    this.listing = listing;
    this.key = key;
    this.pageSize = pageSize;
  }

  /**
   * Reads a list.
   *
   * @param key identifies records: one that appears on two pages is delivered once
   */
  public static Snapshot of(ApiClient api, Listing listing, PrimaryKey key) {
    return new Snapshot(
        api::page, Optional.of(api), () -> new RepeatBudget(api.context()), listing, key, 0);
  }

  static Snapshot of(ConnectorContext context, PageFetch fetch, Listing listing, PrimaryKey key) {
    return new Snapshot(fetch, Optional.empty(), () -> new RepeatBudget(context), listing, key, 0);
  }

  /**
   * Sets how many records the source puts on a page that is not the last. A list of one page whose
   * pages are linked by a header can be {@link #isUnchanged} only with this: the tag of a full page
   * does not tell whether another one follows.
   */
  public Snapshot pagesOf(int records) {
    return new Snapshot(fetch, api, pace, listing, key, records);
  }

  /**
   * A place in the list.
   *
   * @param path the page to continue with, the last one that was read; absent once all were
   * @param seen fingerprints of records that were delivered from there on
   * @param tags of all pages so far, that page included; absent when they cannot be relied on
   * @param restarts how often the list was read from the top again
   */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  private record Place(
      String state,
      @Nullable String path,
      @Nullable List<Request.Parameter> query,
      @Nullable List<String> seen,
      @Nullable List<PageTag> tags,
      @Nullable Integer restarts) {

    static final String COMPLETE = "complete";
    static final String READING = "reading";

    static Place complete(List<PageTag> tags) {
      return new Place(COMPLETE, null, null, null, tags, null);
    }

    static Place at(Request page, Set<String> seen, List<PageTag> tags, int restarts) {
      return new Place(
          READING,
          page.path(),
          page.query(),
          seen.stream().sorted().toList(),
          tags,
          restarts == 0 ? null : restarts);
    }

    int begunAgain() {
      return Optional.ofNullable(restarts).orElse(0);
    }

    boolean isComplete() {
      return state.equals(COMPLETE);
    }

    List<PageTag> known() {
      return Optional.ofNullable(tags).orElse(List.of());
    }
  }

  /** Continues from {@code start} until the microbatch is full or the list has ended. */
  public Offset read(Offset start, RecordEmitter out) {
    Optional<Place> place = start.as(Place.class);
    if (place.filter(Place::isComplete).isPresent()) {
      return start;
    }
    Request first = place.map(this::page).orElse(listing.request());
    TaggedPages pages =
        place
            .map(at -> TaggedPages.after(fetch, first, at.known()))
            .orElseGet(() -> TaggedPages.from(fetch, first));
    Set<String> delivered = new HashSet<>(place.map(Place::seen).map(Set::copyOf).orElse(Set.of()));
    RepeatedWalk walk = walk(pages, first, delivered);
    int restarts = place.map(Place::begunAgain).orElse(0);
    if (!drain(walk, delivered, out)) {
      return Offset.of(Place.at(first, delivered, List.of(), restarts));
    }
    if (walk.hasSlipped()) {
      return Offset.of(Place.at(listing.request(), Set.of(), List.of(), countRestart(restarts)));
    }
    List<PageTag> tags = pages.known().orElse(List.of());
    return Offset.of(
        walk.lastPage()
            .map(page -> Place.at(page, walk.onLastPage(), tags, restarts))
            .orElseGet(() -> Place.complete(isEndKnown(tags) ? tags : List.of())));
  }

  private int countRestart(int restarts) {
    if (restarts == MOST_RESTARTS) {
      throw ConnectorException.transientFailure(
          "%s shifts by more than a page between two microbatches, %d times in a row; let it fit into one with a larger max_records_per_batch or time_budget"
              .formatted(listing.request().path(), MOST_RESTARTS + 1));
    }
    return restarts + 1;
  }

  /**
   * Returns whether a page after the last one would change the last one's tag. A link in a header
   * would not, because tags cover bodies; but while the last page has room, none follows it.
   */
  private boolean isEndKnown(List<PageTag> tags) {
    if (tags.isEmpty() || !listing.pagination().isLinkedByHeader()) {
      return true;
    }
    int most = tags.stream().mapToInt(PageTag::elements).max().orElse(0);
    int room = tags.size() == 1 ? pageSize : most;
    return tags.getLast().elements() < room;
  }

  /**
   * Returns whether the list is still what a complete read found. Asks the source for every page of
   * that read with its tag, and stops at the first that has changed. Returns false when that read
   * has no tags or was of another request.
   *
   * @param complete where the complete read ended
   * @throws ConnectorException when the source cannot be asked
   */
  public boolean isUnchanged(Offset complete) {
    List<PageTag> tags = tags(complete);
    if (api.isEmpty() || tags.isEmpty() || !tags.getFirst().url().equals(api.get().url(listing))) {
      return false;
    }
    return tags.subList(0, tags.size() - 1).stream().allMatch(api.get()::isUnchanged)
        && api.get().isUnchangedEnd(listing, tags.getLast());
  }

  private static List<PageTag> tags(Offset complete) {
    try {
      return complete.as(Place.class).filter(Place::isComplete).map(Place::known).orElse(List.of());
    } catch (ConnectorException e) {
      return List.of(); // belongs to another reading of the table: it says nothing about this one
    }
  }

  /** Reads the whole list at once, for one that is short. */
  public List<SourceRecord> records() {
    var records = new ArrayList<SourceRecord>();
    RepeatedWalk walk = walk(fetch, listing.request(), Set.of());
    for (var rows = walk.next(); rows.isPresent(); rows = walk.next()) {
      rows.get().forEach(row -> records.add(row.record()));
    }
    return records;
  }

  private RepeatedWalk walk(PageFetch pages, Request first, Set<String> given) {
    return new RepeatedWalk(
        pages,
        listing,
        first,
        given,
        record -> new Row(record, Instant.MIN),
        this::fingerprint,
        RepeatedWalk.Agreement.SAME_RECORDS);
  }

  private Request page(Place place) {
    return new PageRef(place.path(), place.query()).in(listing);
  }

  /**
   * Returns whether the walk came to its end. When a page fails, what came before it is kept as
   * long as an offset has room for the names; it is then read again, for what moved over the edge
   * of a page.
   */
  private boolean drain(RepeatedWalk walk, Set<String> delivered, RecordEmitter out) {
    RepeatBudget sinceBegun = pace.get();
    int before = delivered.size();
    try (var pages = new ReadAhead<>(walk::next)) {
      for (var rows = pages.next(); rows.isPresent(); rows = pages.next()) {
        for (Row row : rows.get()) {
          out.emit(row.record());
          delivered.add(fingerprint(row.record()));
        }
        if (!out.wantsMore() || !sinceBegun.allowsToRepeat()) {
          walk.stop();
        }
      }
      return true;
    } catch (ConnectorException e) {
      if (delivered.size() == before || delivered.size() > MOST_NAMES) {
        throw e;
      }
      return false;
    }
  }

  private String fingerprint(SourceRecord record) {
    return Fingerprints.of(record, key.fields());
  }
}
