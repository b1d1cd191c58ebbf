package dev.sluice.rest.strategy;

import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Deadline;
import dev.sluice.spi.Offset;
import dev.sluice.spi.Options;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.RequestListener;
import dev.sluice.spi.SourceRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads as the runtime does: microbatch by microbatch, until the offset stands still. */
final class Reading {
  private static final int MOST_BATCHES = 500;

  /** A strategy under test. */
  @FunctionalInterface
  interface Read {
    Offset read(ConnectorContext context, Offset start, RecordEmitter out);
  }

  private final Read read;
  private final int cap;
  private final List<String> records = new ArrayList<>();
  private final List<Offset> marks = new ArrayList<>();
  private Offset offset;
  private int batches;

  Reading(Read read, int cap) {
    this(read, cap, Offset.START);
  }

  /** Goes on from an offset. */
  Reading(Read read, int cap, Offset before) {
    this.read = read;
    this.cap = cap;
    this.offset = before;
  }

  static ConnectorContext context(Instant startedAt) {
    InstantSource clock = InstantSource.fixed(startedAt);
    return new ConnectorContext(
        Options.NONE,
        startedAt,
        Deadline.after(Duration.ofMinutes(10), clock),
        clock,
        RequestListener.NONE);
  }

  /** One invocation; returns the records that it committed. */
  List<String> invoke(Instant startedAt) {
    List<String> news = new ArrayList<>();
    for (int i = 0; i < MOST_BATCHES; i++) {
      var batch = new Batch(cap);
      Offset end;
      try {
        end = read.read(context(startedAt), Offset.parse(offset.json()), batch);
      } catch (ConnectorException e) {
        end = batch.cut().filter(mark -> !mark.equals(offset)).orElseThrow(() -> e);
        if (e.resumeAt().isPresent()) {
          commit(batch, end);
          throw e;
        }
      }
      marks.addAll(batch.marks);
      if (end.equals(offset)) {
        return news;
      }
      news.addAll(batch.records);
      commit(batch, end);
    }
    throw new AssertionError("The offset does not come to rest: " + offset);
  }

  private void commit(Batch batch, Offset end) {
    batches += batch.records.isEmpty() ? 0 : 1;
    records.addAll(batch.records);
    offset = end;
  }

  List<String> records() {
    return records;
  }

  /** The offsets that were marked on the way, in all invocations. */
  List<Offset> marks() {
    return marks;
  }

  Offset offset() {
    return offset;
  }

  int batches() {
    return batches;
  }

  private static final class Batch implements RecordEmitter {
    private final int cap;
    private final List<String> records = new ArrayList<>();
    private final List<Offset> marks = new ArrayList<>();
    private int marked;

    Batch(int cap) {
      this.cap = cap;
    }

    @Override
    public void emit(SourceRecord record) {
      records.add(record.json());
    }

    @Override
    public boolean wantsMore() {
      return records.size() < cap;
    }

    @Override
    public void mark(Offset reached) {
      marks.add(reached);
      marked = records.size();
    }

    /** Drops what came after the last mark. */
    Optional<Offset> cut() {
      records.subList(marked, records.size()).clear();
      return marks.isEmpty() ? Optional.empty() : Optional.of(marks.getLast());
    }
  }
}
