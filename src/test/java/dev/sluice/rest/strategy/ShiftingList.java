package dev.sluice.rest.strategy;

import dev.sluice.rest.http.Request;
import dev.sluice.rest.page.Listing;
import dev.sluice.rest.page.Page;
import dev.sluice.rest.page.PageFetch;
import dev.sluice.rest.page.Pagination;
import dev.sluice.spi.SourceRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntConsumer;

/** A source that numbers its pages, so that they shift when a record before them changes. */
final class ShiftingList implements PageFetch {
  static final Instant BASE = Instant.parse("2026-01-01T00:00:00Z");

  private final TreeMap<Integer, Instant> rows = new TreeMap<>();
  private final List<Integer> sorted = new ArrayList<>(); // empty when it is to be done again
  private final int pageSize;
  private Comparator<Integer> order;
  private IntConsumer beforePage = page -> {};
  private int pages;

  ShiftingList(int pageSize) {
    this.pageSize = pageSize;
    this.order = Comparator.<Integer, Instant>comparing(rows::get).thenComparing(id -> id);
  }

  static Listing listing() {
    return Listing.of(Request.get("things")).paginated(Pagination.pageNumber("page", "next"));
  }

  void put(int id, long second) {
    put(id, BASE.plusSeconds(second));
  }

  void put(int id, Instant at) {
    rows.put(id, at);
    sorted.clear();
  }

  void remove(int id) {
    rows.remove(id);
    sorted.clear();
  }

  void newestFirst() {
    order = Comparator.<Integer, Instant>comparing(rows::get).reversed().thenComparing(id -> id);
    sorted.clear();
  }

  void beforePage(IntConsumer action) {
    beforePage = action;
  }

  int pagesServed() {
    return pages;
  }

  List<String> versions() {
    return rows.entrySet().stream().map(row -> json(row.getKey(), row.getValue())).toList();
  }

  static String json(int id, Instant at) {
    return "{\"id\":%d,\"at\":\"%s\"}".formatted(id, at);
  }

  @Override
  public synchronized Page page(Listing listing, Request request) {
    beforePage.accept(pages++);
    Optional<Instant> since = request.parameter("since").map(Instant::parse);
    Optional<Instant> until = request.parameter("until").map(Instant::parse);
    int number = request.parameter("page").map(Integer::parseInt).orElse(1);
    int size = request.parameter("limit").map(Integer::parseInt).orElse(pageSize);
    if (sorted.isEmpty()) {
      sorted.addAll(rows.keySet());
      sorted.sort(order);
    }
    List<Integer> found =
        sorted.stream()
            .filter(id -> since.map(from -> !at(id).isBefore(from)).orElse(true))
            .filter(id -> until.map(to -> !at(id).isAfter(to)).orElse(true))
            .toList();
    int from = Math.min(found.size(), (number - 1) * size);
    int to = Math.min(found.size(), from + size);
    List<SourceRecord> records =
        found.subList(from, to).stream().map(id -> SourceRecord.of(json(id, at(id)))).toList();
    return new Page(
        records,
        to < found.size()
            ? Optional.of(request.with("page", Integer.toString(number + 1)))
            : Optional.empty());
  }

  private Instant at(int id) {
    return Objects.requireNonNull(rows.get(id));
  }
}
