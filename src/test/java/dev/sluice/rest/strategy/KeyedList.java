package dev.sluice.rest.strategy;

import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.SourceRecord;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Records in the order of their ids, with dates that have nothing to do with it. */
final class KeyedList implements WindowScan.Source {
  private final int size;
  private final NavigableMap<Integer, Instant> records = new TreeMap<>();
  private final Map<Integer, String> undated = new HashMap<>();
  private Runnable beforePage = () -> {};
  private int pages;
  private int circle;
  private int failAt = Integer.MAX_VALUE;

  KeyedList(int size) {
    this.size = size;
  }

  KeyedList put(int id, Instant date) {
    records.put(id, date);
    return this;
  }

  /** A record without a date, which every scan meets. */
  KeyedList putUndated(int id, String content) {
    undated.put(id, content);
    return put(id, Instant.MAX);
  }

  void remove(int id) {
    records.remove(id);
    undated.remove(id);
  }

  /** Happens once, before the page with this number, from 1, counted from now on. */
  void beforePage(int number, Runnable change) {
    int due = pages + number;
    beforePage =
        () -> {
          if (pages == due) {
            change.run();
          }
        };
  }

  void failAt(int number) {
    failAt = pages + number;
  }

  /** From now on each page has all records and leads to the next of so many, for ever. */
  void turnInCircle(int length) {
    circle = length;
  }

  int pages() {
    return pages;
  }

  @Override
  public synchronized WindowScanPage page(TimeWindow window, Optional<String> place) {
    pages++;
    beforePage.run();
    if (pages == failAt) {
      throw ConnectorException.transientFailure("The source is away");
    }
    if (circle > 0) {
      return new WindowScanPage(
          records.keySet().stream().map(this::record).toList(),
          Optional.of(Integer.toString((place.map(Integer::valueOf).orElse(0) + 1) % circle)));
    }
    List<Integer> rest =
        records.tailMap(place.map(Integer::valueOf).orElse(-1), false).entrySet().stream()
            .filter(e -> window.from().map(from -> !e.getValue().isBefore(from)).orElse(true))
            .map(e -> e.getKey())
            .toList();
    List<Integer> page = rest.subList(0, Math.min(size, rest.size()));
    return new WindowScanPage(
        page.stream().map(this::record).toList(),
        page.size() < rest.size() ? Optional.of(page.getLast().toString()) : Optional.empty());
  }

  private SourceRecord record(int id) {
    return SourceRecord.of(
        undated.containsKey(id)
            ? "{\"id\":%d,\"content\":\"%s\"}".formatted(id, undated.get(id))
            : "{\"id\":%d,\"at\":\"%s\"}".formatted(id, records.get(id)));
  }

  @Override
  public Optional<Instant> date(SourceRecord record) {
    return record.text("at").map(Instant::parse);
  }

  /** All of them, as they are delivered. */
  synchronized List<String> all() {
    return records.keySet().stream().map(id -> record(id).json()).toList();
  }
}
