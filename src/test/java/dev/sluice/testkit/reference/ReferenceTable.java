package dev.sluice.testkit.reference;

import dev.sluice.spi.Offset;
import dev.sluice.spi.SourceRecord;
import dev.sluice.testkit.Ability;
import dev.sluice.testkit.Reply;
import dev.sluice.testkit.RowSpec;
import dev.sluice.testkit.StandInTable;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A table of the reference source: pages of records in the order of their cursor. */
final class ReferenceTable implements StandInTable {
  private static final Comparator<RowSpec> ORDER =
      Comparator.comparing(RowSpec::cursor).thenComparingInt(RowSpec::key);

  private final ReferenceShape shape;
  private final Map<Integer, RowSpec> rows = new TreeMap<>();
  private final List<RowSpec> tombstones = new ArrayList<>();
  private int pageSize = Integer.MAX_VALUE;

  ReferenceTable(ReferenceShape shape) {
    this.shape = shape;
  }

  @Override
  public String name() {
    return shape.table();
  }

  @Override
  public List<String> identity() {
    return List.of("id");
  }

  @Override
  public Duration resolution() {
    return Duration.ofSeconds(1);
  }

  @Override
  public Ability totals() {
    return Ability.YES;
  }

  @Override
  public Ability updates() {
    return shape == ReferenceShape.EVENTS ? Ability.no("an event does not change") : Ability.YES;
  }

  @Override
  public Ability lookback() {
    return shape == ReferenceShape.PRODUCTS ? Ability.no("a snapshot has no cursor") : Ability.YES;
  }

  @Override
  public List<Offset> earlierOffsets() {
    return List.of(Offset.parse("{\"cursor\": \"2026-03-02T08:03:00Z\", \"seen\": {}}"))
        .subList(0, shape == ReferenceShape.PRODUCTS ? 0 : 1);
  }

  @Override
  public synchronized void pageSize(int most) {
    pageSize = most;
  }

  @Override
  public synchronized void replaceAll(List<RowSpec> rows) {
    this.rows.clear();
    tombstones.clear();
    rows.forEach(this::put);
  }

  @Override
  public synchronized void put(RowSpec row) {
    rows.put(row.key(), row);
  }

  @Override
  public synchronized void delete(int key, Instant at) {
    rows.remove(key);
    tombstones.add(RowSpec.of(key, at));
  }

  @Override
  public synchronized Map<Integer, SourceRecord> truth() {
    Map<Integer, SourceRecord> truth = new TreeMap<>();
    rows.forEach((key, row) -> truth.put(key, SourceRecord.of(shape.record(row))));
    return truth;
  }

  synchronized Reply records(Optional<String> since, int page, int limit) {
    return page(rows.values().stream().toList(), since, page, limit, false);
  }

  synchronized Reply deleted(Optional<String> since, int page, int limit) {
    return page(tombstones, since, page, limit, true);
  }

  private Reply page(
      List<RowSpec> all, Optional<String> since, int page, int limit, boolean deleted) {
    int size = Math.min(limit, pageSize);
    Instant from = since.map(Instant::parse).orElse(Instant.MIN).truncatedTo(ChronoUnit.SECONDS);
    List<RowSpec> matching =
        all.stream().filter(row -> !row.cursor().isBefore(from)).sorted(ORDER).toList();
    int start = (int) Math.min(matching.size(), (page - 1L) * size);
    int end = (int) Math.min(matching.size(), (long) start + size);
    List<String> records =
        matching.subList(start, end).stream()
            .map(row -> deleted ? shape.tombstone(row) : shape.record(row))
            .toList();
    Reply reply =
        Reply.json(
            200,
            "{\"records\": [%s], \"from\": %d, \"total\": %d, \"next\": %s}"
                .formatted(
                    String.join(",\n", records),
                    start,
                    matching.size(),
                    end < matching.size() ? page + 1 : "null"));
    return reply.with("ETag", "\"%08x\"".formatted(reply.body().hashCode()));
  }
}
