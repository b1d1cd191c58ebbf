package dev.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.Offset;
import dev.sluice.spi.SourceRecord;
import dev.sluice.spi.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** One run after another: nothing twice for nothing, nothing too late, nothing from the future. */
final class TimeChecks {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration LOOKBACK = Duration.ofHours(12);

  private static final Instant FAR_FUTURE = Instant.parse("2099-01-01T00:00:00Z");

  private TimeChecks() {}

  private static Table withoutLookback(Subject subject) {
    return subject.table(Lookback.of(subject.standIn()).getFirst());
  }

  static Grid lookbacks(Subject subject) {
    return Grid.ONE.by(Dimension.LOOKBACK, Lookback.of(subject.standIn()));
  }

  static void quietRunCostsNothing(Subject subject, Case each) {
    Instant startedAt = subject.startedAfter(subject.filled());
    Table table = subject.table(each.of(Dimension.LOOKBACK));
    Reader reader = Reader.of(subject, startedAt).with(table);
    Run first = reader.read(Offset.START);

    Run again = reader.read(first.end());
    Run later = Reader.of(subject, startedAt.plus(HOUR)).with(table).read(first.end());

    assertThat(again.end())
        .as("offset of a second run that begins no later")
        .isEqualTo(first.end());
    assertThat(again.batches()).as("batches of a second run that begins no later").isEmpty();
    isQuiet(subject, first.end(), later);
  }

  static void isQuiet(Subject subject, Offset before, Run run) {
    QuietRun allowed = subject.standIn().quietRun();
    assertThat(run.records()).as("records committed by a quiet run").isEmpty();
    assertThat(run.requests())
        .as("requests of a quiet run")
        .isLessThanOrEqualTo(allowed.requests());
    switch (allowed.position()) {
      case STANDS -> assertThat(run.end()).as("offset after a quiet run").isEqualTo(before);
      case ADVANCES -> {}
    }
  }

  static Grid caps(int... caps) {
    return Grid.ONE.by(
        Dimension.CAP,
        Stream.concat(Stream.of(Reader.NO_CAP), Arrays.stream(caps).boxed()).toList());
  }

  /** The cursor cannot tell apart what was written before and after the run read it. */
  static void recordOfTheSameInstantArrives(Subject subject, Case each) {
    CursorLayout layout = subject.filled(CursorLayout.allDistinct(subject.standIn().resolution()));
    Instant startedAt = subject.startedAfter(layout);
    Instant now = subject.stamp(startedAt);
    int cap = each.of(Dimension.CAP);
    subject.standIn().put(RowSpec.of(layout.freeKey(), now));
    Table table = withoutLookback(subject);
    Run first = Reader.of(subject, startedAt).with(table).cap(cap).read(Offset.START);
    subject.standIn().put(RowSpec.of(layout.freeKey() + 1, now));

    Run second = Reader.of(subject, startedAt.plus(HOUR)).with(table).cap(cap).read(first.end());

    new Sink(subject).add(first).add(second).requireWhole();
  }

  /**
   * The source dates its records and its responses by the clock of this machine; the run's is five
   * minutes ahead of it, or behind it.
   */
  static void recordOfTheSourcesPresentArrives(Subject subject, Case each) {
    for (Duration ahead : List.of(MINUTE.multipliedBy(5), MINUTE.multipliedBy(-5))) {
      int key = subject.filled(CursorLayout.allDistinct(subject.standIn().resolution())).freeKey();
      Instant now = InstantSource.system().instant();
      int cap = each.of(Dimension.CAP);
      subject.standIn().put(RowSpec.of(key, subject.stamp(now.minusSeconds(1))));
      Run first = Reader.of(subject, now.plus(ahead)).cap(cap).read(Offset.START);
      subject.standIn().put(RowSpec.of(key + 1, subject.stamp(now)));

      Run second = Reader.of(subject, now.plus(HOUR)).cap(cap).read(first.end());

      new Sink(subject)
          .add(first)
          .add(second)
          .requireWhole("by a clock that is %d s ahead: ".formatted(ahead.toSeconds()));
    }
  }

  static Grid lateRecords(Subject subject) {
    return caps(2, 1).by(Dimension.PAGE_SIZE, subject.pageSizes(3, 1));
  }

  static void lateRecordArrives(Subject subject, Case each) {
    CursorLayout layout = subject.filled(CursorLayout.allDistinct(subject.standIn().resolution()));
    subject.standIn().pageSize(each.of(Dimension.PAGE_SIZE));
    int cap = each.of(Dimension.CAP);
    Table table = subject.table(LOOKBACK);
    Duration pause = Duration.ofMinutes(10);
    Instant now = subject.startedAfter(layout);
    Sink sink = new Sink(subject);
    Offset offset = Offset.START;
    List<RowSpec> late =
        List.of(
            RowSpec.of(layout.freeKey(), layout.rows().get(9).cursor()),
            RowSpec.of(layout.freeKey() + 1, layout.rows().get(4).cursor()),
            RowSpec.of(layout.freeKey() + 2, layout.last()));
    for (RowSpec row : late) {
      Run run = Reader.of(subject, now).with(table).cap(cap).read(offset);
      now = now.plus(pause);
      subject.standIn().put(row);
      Run next = Reader.of(subject, now).with(table).cap(cap).read(run.end());
      now = now.plus(pause);
      Run quiet = Reader.of(subject, now).with(table).cap(cap).read(next.end());

      sink.add(run).add(next).requireWhole("after " + row + ": ");
      requireNothing(quiet);
      offset = quiet.end();
    }
  }

  private static void requireNothing(Run quiet) {
    assertThat(quiet.records().size()).as("records committed by a quiet run").isZero();
  }

  static void farFutureDoesNotStopTheTable(Subject subject, Case each) {
    CursorLayout layout = subject.filled(CursorLayout.allDistinct(subject.standIn().resolution()));
    int ordinary = layout.freeKey();
    int ahead = ordinary + 1;
    Instant startedAt = subject.startedAfter(layout);
    int cap = each.of(Dimension.CAP);
    subject.standIn().put(RowSpec.of(ahead, FAR_FUTURE));
    Sink sink = new Sink(subject);
    Run first = Reader.of(subject, startedAt).cap(cap).read(Offset.START);
    requireWhole("at once: ", subject, ahead, sink.add(first));

    Run quiet = Reader.of(subject, startedAt.plus(HOUR)).cap(cap).read(first.end());
    requireNothing(quiet);

    subject.standIn().put(RowSpec.of(ordinary, subject.stamp(startedAt.plus(HOUR.plus(MINUTE)))));
    Run later = Reader.of(subject, startedAt.plus(HOUR.multipliedBy(2))).cap(cap).read(quiet.end());
    requireWhole("written later: ", subject, ahead, sink.add(later));

    subject.standIn().put(RowSpec.of(ahead + 1, FAR_FUTURE));
    Run last = Reader.of(subject, startedAt.plus(HOUR.multipliedBy(3))).cap(cap).read(later.end());
    requireWhole("another one, alone: ", subject, ahead, sink.add(last));
  }

  /**
   * What a source cannot deliver before its day, the keys from {@code ahead} on, is not expected
   * unless it came all the same.
   */
  private static void requireWhole(String place, Subject subject, int ahead, Sink sink) {
    Map<Integer, SourceRecord> truth = new TreeMap<>(subject.standIn().truth());
    if (subject.standIn().farFuture() instanceof Ability.No) {
      truth
          .entrySet()
          .removeIf(
              entry ->
                  entry.getKey() >= ahead
                      && !sink.lost(Map.of(entry.getKey(), entry.getValue())).isEmpty());
    }
    Problems.require(place, sink.problems(truth));
  }
}
