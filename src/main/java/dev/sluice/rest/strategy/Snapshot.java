package dev.sluice.rest.strategy;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.rest.ApiClient;
import dev.sluice.rest.http.Request;
import dev.sluice.rest.page.Listing;
import dev.sluice.rest.page.Page;
import dev.sluice.rest.page.PageFetch;
import dev.sluice.rest.page.PageRef;
import dev.sluice.rest.page.PageTag;
import dev.sluice.rest.walk.FingerprintSet;
import dev.sluice.rest.walk.Fingerprints;
import dev.sluice.rest.walk.FollowedPages;
import dev.sluice.rest.walk.ReadAhead;
import dev.sluice.rest.walk.RepeatBudget;
import dev.sluice.rest.walk.Segment;
import dev.sluice.spi.ConnectorApi;
import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Offset;
import dev.sluice.spi.Option;
import dev.sluice.spi.Options;
import dev.sluice.spi.PrimaryKey;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.SourceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a whole list, over as many microbatches as it takes, in {@linkplain Segment segments}: of
 * each as much is remembered as its pages hold. A list that moved by more than a page between two
 * of them is gone back in, or read from the top again: records twice are better than missing
 * records.
 */
@ConnectorApi
public final class Snapshot {

  private static final String SINGLE_PASS = "single_pass";
  private static final String VERIFIED = "verified";

  public static final Option<String> CONSISTENCY =
      Option.oneOf(
              "consistency",
              "verified: pages that may shift while they are read are fetched twice. single_pass:"
                  + " once; a record that moves meanwhile may be missing until the next snapshot",
              VERIFIED,
              SINGLE_PASS)
          .withDefault(VERIFIED)
          .pacing();

  /** Pages are read until a pass finds nothing new, four times at most. */
  private static final Segment.Bounds BOUNDS = new Segment.Bounds(25, 4);

  /** A read ends after these, even if the microbatch has room. */
  private static final int MOST_SEGMENTS = 40;

  private static final int MOST_RESTARTS = 3;
  private static final int MOST_TAGS = 200;
  private static final int MOST_CHARACTERS = 20_000;

  private final ConnectorContext context;
  private final PageFetch fetch;
  private final Optional<ApiClient> api;
  private final Listing listing;
  private final PrimaryKey key;
  private final int pageSize;
  private final Segment.Bounds bounds;

  private Snapshot(
      ConnectorContext context,
      PageFetch fetch,
      Optional<ApiClient> api,
      Listing listing,
      PrimaryKey key,
      int pageSize,
      Segment.Bounds bounds) {
    this.context = context;
    this.fetch = fetch;
    this.api = api;
    this.listing = listing;
    this.key = key;
    this.pageSize = pageSize;
    this.bounds = bounds;
  }

  /**
   * Reads a list.
   *
   * @param key identifies records: one that appears on two pages is delivered once
   */
  public static Snapshot of(ApiClient api, Listing listing, PrimaryKey key) {
    return new Snapshot(api.context(), api, Optional.of(api), listing, key, 0, BOUNDS);
  }

  static Snapshot of(ConnectorContext context, PageFetch fetch, Listing listing, PrimaryKey key) {
    return new Snapshot(context, fetch, Optional.empty(), listing, key, 0, BOUNDS);
  }

  /** Takes {@link #CONSISTENCY} from a table's options. */
  public Snapshot consistency(Options options) {
    int passes = options.get(CONSISTENCY).equals(VERIFIED) ? BOUNDS.passes() : 1;
    return new Snapshot(
        context, fetch, api, listing, key, pageSize, new Segment.Bounds(BOUNDS.pages(), passes));
  }

  /**
   * Sets how many records the source puts on a page that is not the last. A list of one page whose
   * pages are linked by a header can be {@link #isUnchanged} only with this: the tag of a full page
   * does not tell whether another one follows.
   */
  public Snapshot pagesOf(int records) {
    return new Snapshot(context, fetch, api, listing, key, records, bounds);
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

    static final Place BEGIN = new Place(READING, null, null, null, null, null);

    static Place at(Request page, List<String> seen, List<PageTag> tags, int restarts) {
      return new Place(
          READING,
          page.path(),
          page.query(),
          Names.last(seen),
          tags,
          restarts == 0 ? null : restarts);
    }

    Optional<Request> page(Listing listing) {
      return equals(BEGIN) ? Optional.empty() : Optional.of(new PageRef(path, query).in(listing));
    }

    Set<String> names() {
      return Optional.ofNullable(seen).map(Set::copyOf).orElse(Set.of());
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
    Place place = start.as(Place.class).orElse(Place.BEGIN);
    if (place.isComplete()) {
      return start;
    }
    var followed = new FollowedPages(listing);
    for (int segment = 1; ; segment++) {
      place = read(place, followed, out);
      if (place.isComplete() || !out.wantsMore() || segment == MOST_SEGMENTS) {
        return Offset.of(place);
      }
      out.mark(Offset.of(place));
    }
  }

  private Place read(Place before, FollowedPages followed, RecordEmitter out) {
    var view = new Whole(before);
    var start =
        new Segment.Start(before.page(listing), FingerprintSet.of(before.names()), followed);
    var segment = new Segment<>(fetch, listing, view, bounds, start);
    try (var pages = new ReadAhead<>(segment::next)) {
      for (var records = pages.next(); records.isPresent(); records = pages.next()) {
        records.get().forEach(out::emit);
        if (!out.wantsMore()) {
          segment.stop();
        }
      }
    }
    if (view.isInDoubt || !segment.isConfirmed()) {
      context
          .listener()
          .warning(
              "%s kept changing while it was read: what moved over the edge of a page may be missing until the next snapshot"
                  .formatted(listing.request().path()));
    }
    List<PageTag> tags = tags(before, segment);
    int restarts = before.begunAgain() + (segment.hasRestarted() ? 1 : 0);
    return segment
        .lastPage()
        .map(page -> Place.at(page, segment.onLastPage(), tags, restarts))
        .orElseGet(() -> Place.complete(isEndKnown(tags) ? tags : List.of()));
  }

  /** The segment that begins at a place: all records of its pages. */
  private final class Whole implements Segment.View<SourceRecord> {
    private final Place begin;
    private final RepeatBudget pace = new RepeatBudget(context);
    private final Set<String> names;
    private boolean isInDoubt;

    Whole(Place begin) {
      this.begin = begin;
      this.names = begin.names();
    }

    @Override
    public boolean isAnchored(Page first) {
      boolean isKnown =
          names.isEmpty() || first.records().stream().map(this::name).anyMatch(names::contains);
      // a list that moves that much all the time is read to its end all the same
      isInDoubt = !isKnown && begin.begunAgain() == MOST_RESTARTS;
      return isKnown || isInDoubt;
    }

    @Override
    public String name(SourceRecord record) {
      return Fingerprints.of(record, key.fields());
    }

    @Override
    public Optional<SourceRecord> take(SourceRecord record) {
      return Optional.of(record);
    }

    @Override
    public boolean hasTime() {
      return pace.allowsToRepeat();
    }
  }

  /** Returns the tags of all pages so far; none when they do not stand for what was delivered. */
  private List<PageTag> tags(Place before, Segment<SourceRecord> segment) {
    List<PageTag> known = before.known();
    List<PageTag> read = segment.tags().orElse(List.of());
    boolean isContinued = !before.equals(Place.BEGIN);
    boolean fitsOn =
        !isContinued
            || (!known.isEmpty() && !read.isEmpty() && known.getLast().equals(read.getFirst()));
    if (read.isEmpty() || !fitsOn) {
      return List.of();
    }
    var tags = new ArrayList<>(known.subList(0, Math.max(0, known.size() - 1)));
    tags.addAll(read);
    return tags.size() <= MOST_TAGS
            && tags.stream().mapToInt(PageTag::characters).sum() <= MOST_CHARACTERS
        ? tags
        : List.of();
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
    return records(Function.identity());
  }

  /**
   * Reads the whole list at once, and keeps of each record what a function takes from it: a record
   * that is kept keeps its page.
   */
  public <T> List<T> records(Function<SourceRecord, T> taken) {
    var records = new ArrayList<T>();
    var all = Segment.Bounds.ofWholeList(bounds.passes());
    var segment =
        new Segment<>(fetch, listing, new Whole(Place.BEGIN), all, Segment.Start.of(listing));
    for (var page = segment.next(); page.isPresent(); page = segment.next()) {
      page.get().forEach(record -> records.add(taken.apply(record)));
    }
    return records;
  }

  /**
   * Reads the whole list of what belongs to one record of another list, such as the reviews of a
   * pull request. There is nothing when the source has no such list, for example because it hides
   * that record by now. The other list must still be there then: otherwise all that we may no
   * longer see would count as nothing.
   *
   * @param parents the other list
   */
  public List<SourceRecord> recordsBelow(Listing parents) {
    try {
      return records();
    } catch (ConnectorException e) {
      if (!e.isAbsent()) {
        throw e;
      }
      fetch.page(parents, parents.request());
      return List.of();
    }
  }
}
