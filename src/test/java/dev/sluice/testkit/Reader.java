package dev.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Offset;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.SourceConnector;
import dev.sluice.spi.SourceRecord;
import dev.sluice.spi.SupportsDeletes;
import dev.sluice.spi.Table;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The runtime's loop without a lake: a fresh connector for every run, which reads until the offset
 * stands still; what is emitted in the call that stands still is dropped. What a failed call has
 * marked is kept, and the next call begins there.
 */
final class Reader {
  static final int NO_CAP = Integer.MAX_VALUE;

  private static final int MOST_CALLS = 500;
  private static final int MOST_REQUESTS = 4_000;
  private static final int MOST_RECORDS = 20_000;
  private static final int OFFSET_BYTES = 64 << 10;

  private final Subject subject;
  private final Table table;
  private final Instant startedAt;
  private final int cap;

  private Reader(Subject subject, Table table, Instant startedAt, int cap) {
    this.subject = subject;
    this.table = table;
    this.startedAt = startedAt;
    this.cap = cap;
  }

  static Reader of(Subject subject, Instant startedAt) {
    return new Reader(subject, subject.table(), startedAt, NO_CAP);
  }

  Reader cap(int cap) {
    return new Reader(subject, table, startedAt, cap);
  }

  Reader with(Table table) {
    return new Reader(subject, table, startedAt, cap);
  }

  Run read(Offset from) {
    return complete(attempt(Flow.DATA, from));
  }

  Run readDeletes(Offset from) {
    return complete(attempt(Flow.DELETES, from));
  }

  private static Run complete(Run run) {
    run.failure()
        .ifPresent(
            failure -> {
              throw failure;
            });
    return run;
  }

  /** As {@link #read}, with a failure as a result. */
  Run attempt(Flow flow, Offset from) {
    int before = subject.source().wire().requests();
    subject.checkOptions(table);
    subject.source().wire().allow(MOST_REQUESTS);
    List<Batch> batches = new ArrayList<>();
    Offset offset = from;
    Optional<ConnectorException> failure = Optional.empty();
    try (SourceConnector connector = subject.connect(startedAt)) {
      for (int call = 1; ; call++) {
        var emission = new Emission(cap);
        Batch batch;
        try {
          batch = emission.endedAt(storable(read(connector, flow, offset, emission)));
        } catch (ConnectorException e) {
          failure = Optional.of(e);
          batch = emission.cut(offset);
        }
        boolean asksToWait = failure.flatMap(ConnectorException::resumeAt).isPresent();
        if (!batch.end().equals(offset)) {
          batches.add(batch);
          failure = asksToWait ? failure : Optional.empty();
        }
        boolean isOver = batch.end().equals(offset) || asksToWait;
        offset = batch.end();
        if (isOver) {
          break;
        }
        if (call == MOST_CALLS) {
          fail("The read does not end: %d calls with cap %s, offset now %s", call, cap(), offset);
        }
      }
    }
    int requests = subject.source().wire().requests() - before;
    assertThat(requests).as("requests of one run").isLessThanOrEqualTo(MOST_REQUESTS);
    return new Run(List.copyOf(batches), offset, requests, failure);
  }

  private String cap() {
    return cap == NO_CAP ? "none" : String.valueOf(cap);
  }

  private Offset read(SourceConnector connector, Flow flow, Offset from, Emission emission) {
    return switch (flow) {
      case DATA -> connector.readTable(table, from, emission);
      case DELETES -> ((SupportsDeletes) connector).readTableDeletes(table, from, emission);
    };
  }

  /** As it comes back from a checkpoint store. */
  private static Offset storable(Offset offset) {
    Offset parsed = Offset.parse(offset.json());
    assertThat(parsed).as("an offset read back from its JSON").isEqualTo(offset);
    assertThat(offset.json().getBytes(StandardCharsets.UTF_8).length)
        .as("bytes of an offset")
        .isLessThan(OFFSET_BYTES);
    return parsed;
  }

  /** Takes one call's records; has enough at the cap. */
  private static final class Emission implements RecordEmitter {
    private final int cap;
    private final List<SourceRecord> records = new ArrayList<>();
    private final List<Batch.Mark> marks = new ArrayList<>();

    Emission(int cap) {
      this.cap = cap;
    }

    @Override
    public void emit(SourceRecord record) {
      records.add(record);
      if (records.size() > MOST_RECORDS) {
        fail("One call emitted more than %d records", MOST_RECORDS);
      }
    }

    @Override
    public boolean wantsMore() {
      return records.size() < cap;
    }

    @Override
    public void mark(Offset reached) {
      marks.add(new Batch.Mark(storable(reached), records.size()));
    }

    Batch endedAt(Offset end) {
      return new Batch(end, records, marks);
    }

    Batch cut(Offset start) {
      return endedAt(start).upTo(marks.isEmpty() ? new Batch.Mark(start, 0) : marks.getLast());
    }
  }
}
