package dev.sluice.rest.walk;

import dev.sluice.rest.http.Request;
import dev.sluice.rest.page.Listing;
import dev.sluice.rest.page.Page;
import dev.sluice.rest.page.PageFetch;
import dev.sluice.rest.page.PageTag;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.SourceRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A part of a list whose pages may shift: some pages from a first one on, read and verified.
 *
 * <p>A page number means another place as soon as a record before it disappears: the records behind
 * it move forward, and those at an edge onto a page that was already read. So all pages but the
 * last, which begins the next segment, are fetched again, unless their tags say that they are as
 * they were. What is new on them is given, too. Where there was something new, the pages around it
 * are fetched once more. What is added at the end, and what disappears, makes no difference.
 *
 * <p>A segment that begins with the last page of another goes back until it finds something of
 * that. A page that fails ends a segment that has others. {@link #stop} may be called from another
 * thread than {@link #next}.
 *
 * @param <T> what is given for a record
 */
public final class Segment<T> {

  /** The most pages that a segment goes back to find its beginning. */
  private static final int MOST_BACK = 25;

  /** What a segment is read for. */
  public interface View<T> {

    /** Returns the page with the records that belong to what is read. */
    default Page of(Page page, Pass pass) {
      return page;
    }

    /** Returns whether the first page still holds something that is known from before. */
    default boolean isAnchored(Page first) {
      return true;
    }

    /** Names a record. */
    String name(SourceRecord record);

    /** Returns what is given for a record that was not seen before, if anything is. */
    Optional<T> take(SourceRecord record);

    /**
     * Returns whether a record that is gone counts as a difference: records that are missed then
     * must not have moved in each pass by as much as was gone.
     */
    default boolean isExact() {
      return false;
    }

    /** Takes notice that the last page came, but that what is on it could not be given. */
    default void isNotGiven() {}

    /** Returns whether there is time for another page, and to fetch all of them again. */
    default boolean hasTime() {
      return true;
    }
  }

  /** Which pass over the segment a page is fetched in, and whether it is the first page. */
  public record Pass(int number, boolean begins) {}

  /**
   * The most pages of a segment, and the most passes over it.
   *
   * @param passes one that is not verified has a single one
   */
  public record Bounds(int pages, int passes) {

    /**
     * Returns the bounds of a segment that is the whole list: a page that fails fails all of it.
     */
    public static Bounds ofWholeList(int passes) {
      return new Bounds(Integer.MAX_VALUE, passes);
    }

    private boolean areOfWholeList() {
      return pages == Integer.MAX_VALUE;
    }
  }

  /**
   * Where a segment begins.
   *
   * @param page the last page of the segment before; empty at the beginning of the list
   * @param seen the names of what was given on it
   * @param followed the pages of the segments before, as far as they are known
   */
  public record Start(Optional<Request> page, FingerprintSet seen, FollowedPages followed) {

    public static Start of(Listing listing) {
      return new Start(Optional.empty(), new FingerprintSet(), new FollowedPages(listing));
    }
  }

  /**
   * A page that was given.
   *
   * @param tag as long as it stands for what was given
   */
  private record Visited(Request request, Optional<PageTag> tag, List<String> names) {}

  private record Fetched(Request request, Page page) {}

  private final PageFetch fetch;
  private final Listing listing;
  private final View<T> view;
  private final Bounds bounds;
  private final boolean isContinued;
  private final FollowedPages followed;
  private final FingerprintSet seen;
  private final List<Visited> visited = new ArrayList<>();
  private final Deque<Integer> again = new ArrayDeque<>();
  private final SortedSet<Integer> different = new TreeSet<>();
  private Optional<Request> request;
  private Set<String> firstNames = Set.of();
  private int last;
  private int passes = 1;
  private boolean goesOn;
  private boolean isSteady = true;
  private boolean isCounted = true;
  private boolean hasRestarted;

  /** Whether the last page ends what is read, although the list goes on. */
  private boolean endsInside;

  private boolean isConfirmed = true;
  private Optional<Long> total = Optional.empty();
  private long elements;
  private volatile boolean stopping;

  public Segment(PageFetch fetch, Listing listing, View<T> view, Bounds bounds, Start start) {
    this.fetch = fetch;
    this.listing = listing;
    this.view = view;
    this.bounds = bounds;
    this.isContinued = start.page().isPresent();
    this.request = start.page().or(() -> Optional.of(listing.request()));
    this.seen = start.seen();
    this.followed = start.followed();
  }

  /** Returns what is new on the next page; empty at the end. */
  public Optional<List<T>> next() {
    if (request.isPresent()) {
      return Optional.of(read(request.get()));
    }
    return again.isEmpty() ? Optional.empty() : Optional.of(readAgain(again.removeFirst()));
  }

  private List<T> read(Request asked) {
    boolean isFirst = visited.isEmpty();
    Fetched fetched;
    Page page;
    List<T> news;
    try {
      Optional<Fetched> found = isFirst ? begin(asked) : Optional.of(fetch(asked));
      if (found.isEmpty()) {
        restart();
        return List.of();
      }
      fetched = found.get();
      page = view.of(fetched.page(), new Pass(1, isFirst));
      news = take(page);
    } catch (ConnectorException e) {
      endBefore(e);
      return List.of();
    }
    if (!isFirst || !isContinued) {
      followed.follow(fetched.request());
    }
    visited.add(new Visited(fetched.request(), fetched.page().tag(), names(page)));
    last = visited.size() - 1;
    count(fetched.page());
    endsInside = view.isExact() && page.next().isEmpty() && fetched.page().next().isPresent();
    goOn(fetched.page(), followed.after(fetched.request(), page));
    return news;
  }

  private List<String> names(Page page) {
    return page.records().stream().map(view::name).toList();
  }

  /** Makes a segment of the pages before one that fails; the next segment meets it again. */
  private void endBefore(ConnectorException e) {
    boolean passes = e.kind() != ConnectorException.Kind.CONFIGURATION && e.resumeAt().isEmpty();
    if (!passes || bounds.areOfWholeList() || !hasProgress(visited.size() - 1)) {
      throw e;
    }
    goesOn = true;
    endPass();
  }

  /** Returns whether a page lies behind the place at which the segment began. */
  private boolean hasProgress(int page) {
    return page >= (isContinued ? 1 : 0);
  }

  private Fetched fetch(Request asked) {
    Page page = fetch.page(listing, asked);
    return new Fetched(page.smaller().orElse(asked), page);
  }

  /** Finds the place at which the segment begins; empty when it has moved too far. */
  private Optional<Fetched> begin(Request place) {
    Optional<Request> at = Optional.of(place);
    for (int back = 0; at.isPresent() && back <= MOST_BACK; back++) {
      Fetched page = fetch(at.get());
      if (!isContinued || isAnchored(page)) {
        return Optional.of(page);
      }
      followed.forget();
      at = listing.before(page.request());
    }
    return Optional.empty();
  }

  private boolean isAnchored(Fetched first) {
    return listing.isFirst(first.request())
        || listing.pagination().isSteady(first.request())
        || view.isAnchored(first.page());
  }

  /** Ends the segment where nobody knows its place: the next one begins at the top. */
  private void restart() {
    hasRestarted = true;
    request = Optional.empty();
    again.clear();
  }

  /** Goes on after an empty page in any case, so that many in a row are noticed. */
  private void goOn(Page page, Optional<Request> next) {
    goesOn = next.isPresent();
    isSteady &= next.map(listing.pagination()::isSteady).orElse(true);
    boolean isFull = stopping || visited.size() >= bounds.pages() || !view.hasTime();
    boolean mayEnd = hasProgress(last) && page.elements() > 0;
    request = next.filter(following -> !isFull || !mayEnd);
    if (request.isEmpty()) {
      endPass();
    }
  }

  /** Counts what the source says of the size of the list; see {@link #isWholeByItsTotal}. */
  private void count(Page page) {
    elements += page.elements();
    isCounted &= page.total().isPresent() && page.total().equals(total.or(page::total));
    total = page.total();
  }

  /** Returns whether the list told its size on every page, and gave that many, none twice. */
  private boolean isWholeByItsTotal() {
    return isCounted
        && !isContinued
        && !goesOn
        && total.equals(Optional.of(elements))
        && elements == seen.size();
  }

  private List<T> readAgain(int index) {
    List<T> news;
    try {
      news = changed(index).map(page -> takeAgain(index, page)).orElse(List.of());
    } catch (ConnectorException e) {
      boolean isVerified = passes == 2 && (!view.isExact() || different.isEmpty());
      boolean mayEnd = isVerified && hasProgress(index) && !bounds.areOfWholeList();
      if (!mayEnd || e.resumeAt().isPresent()) {
        throw e;
      }
      last = index; // so far it is verified; what follows comes again, and is known
      goesOn = true;
      again.clear();
      return List.of();
    }
    if (again.isEmpty()) {
      endPass();
    }
    return news;
  }

  private Optional<Page> changed(int index) {
    Visited page = visited.get(index);
    Listing whole = listing.unsized(); // a part of a page would not show all that has moved
    return page.tag().isPresent()
        ? fetch.pageUnless(page.tag().get(), whole, page.request())
        : Optional.of(fetch.page(whole, page.request()));
  }

  private List<T> takeAgain(int index, Page page) {
    Visited before = visited.get(index);
    if (index == 0 && isContinued && !stillBegins(new Fetched(before.request(), page))) {
      goBack();
      return List.of();
    }
    Page inside = view.of(page, new Pass(passes, index == 0));
    List<T> news = take(inside);
    goesOn |= index == last && inside.next().isPresent();
    boolean isAsBefore = !view.isExact() || names(inside).equals(before.names());
    if (!isAsBefore || !page.tag().equals(before.tag())) {
      List<String> names = isAsBefore ? before.names() : names(inside);
      visited.set(index, new Visited(before.request(), Optional.empty(), names));
    }
    if (!news.isEmpty() || !isAsBefore) {
      different.add(index);
    }
    return news;
  }

  /** Returns whether nothing has moved to the pages before this segment. */
  private boolean stillBegins(Fetched first) {
    return isAnchored(first) || names(first.page()).stream().anyMatch(firstNames::contains);
  }

  /** Begins the pass again, a page earlier. */
  private void goBack() {
    Optional<Request> before =
        visited.size() < bounds.pages() + MOST_BACK
            ? listing.before(visited.getFirst().request())
            : Optional.empty();
    if (before.isEmpty()) {
      restart();
      return;
    }
    visited.addFirst(new Visited(before.get(), Optional.empty(), List.of()));
    last++;
    different.clear();
    again.clear();
    IntStream.range(0, toVerify()).forEach(again::add);
  }

  /** Returns how many pages are fetched again: all but the one that begins the next segment. */
  private int toVerify() {
    return endsInside ? last + 1 : last;
  }

  /** Begins the next pass, over all pages but the last, or over those around a difference. */
  private void endPass() {
    request = Optional.empty();
    boolean isFirst = passes == 1;
    if (isFirst ? isSteady || bounds.passes() == 1 || isWholeByItsTotal() : different.isEmpty()) {
      return;
    }
    if (passes == bounds.passes()) {
      isConfirmed = false;
      return;
    }
    firstNames = isFirst ? new HashSet<>(visited.getFirst().names()) : firstNames;
    for (int index = 0; index < toVerify(); index++) {
      if (isFirst || !different.subSet(index - 1, index + 2).isEmpty()) {
        again.add(index);
      }
    }
    different.clear();
    passes += again.isEmpty() ? 0 : 1;
  }

  /** Returns what is new on a page; notes nothing of a page that fails on the way. */
  private List<T> take(Page page) {
    var news = new LinkedHashMap<String, Optional<T>>();
    for (SourceRecord record : page.records()) {
      String name = view.name(record);
      if (!seen.contains(name)) {
        try {
          news.computeIfAbsent(name, unknown -> view.take(record));
        } catch (ConnectorException e) {
          view.isNotGiven();
          throw e;
        }
      }
    }
    news.keySet().forEach(seen::add);
    return news.values().stream().flatMap(Optional::stream).toList();
  }

  /** Ends the segment with the page that is being fetched, and after it has been verified. */
  public void stop() {
    stopping = true;
  }

  /** Returns, after the end, the page with which the list goes on; empty when it has ended. */
  public Optional<Request> lastPage() {
    return Optional.of(end()).filter(page -> goesOn || hasRestarted);
  }

  /** Returns, after the end, the last page that was read. */
  public Request end() {
    return hasRestarted ? listing.request() : visited.get(last).request();
  }

  /** Returns, after the end, the names of what was given from the last page on, in its order. */
  public List<String> onLastPage() {
    return hasRestarted
        ? List.of()
        : visited.subList(last, visited.size()).stream()
            .flatMap(page -> page.names().stream())
            .distinct()
            .toList();
  }

  /** Returns, after the end, the tags of all pages, where they stand for what was given. */
  public Optional<List<PageTag>> tags() {
    List<Visited> read = visited.subList(0, hasRestarted ? 0 : last + 1);
    List<PageTag> tags = read.stream().flatMap(page -> page.tag().stream()).toList();
    return tags.size() == read.size() ? Optional.of(tags) : Optional.empty();
  }

  /** Returns, after the end, how often its pages were read. */
  public int passes() {
    return passes;
  }

  /** Returns, after the end, whether the last pass found nothing that may have moved. */
  public boolean isConfirmed() {
    return isConfirmed;
  }

  /** Returns, after the end, whether the list has to be read from the top again. */
  public boolean hasRestarted() {
    return hasRestarted;
  }
}
