package dev.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.Offset;
import dev.sluice.spi.SourceRecord;
import dev.sluice.spi.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** One run after another: nothing twice for nothing, nothing too late, nothing from the future. */
final class TimeChecks {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration LOOKBACK = Duration.ofHours(12);

  private static final Instant FAR_FUTURE = Instant.parse("2099-01-01T00:00:00Z");

  private TimeChecks() {}

  /** The table with each lookback that it can have, by a name for messages. */
  static Map<String, Table> lookbacks(Subject subject) {
    Map<String, Table> tables = new TreeMap<>();
    switch (subject.standIn().lookback()) {
      case Ability.Yes() -> {
        tables.put("lookback 0", subject.table(Duration.ZERO));
        tables.put("large lookback", subject.table(LOOKBACK.multipliedBy(20)));
      }
      case Ability.No(String reason) -> tables.put("no lookback", subject.table());
    }
    return tables;
  }

  static Table lookback(Subject subject, String name) {
    return Objects.requireNonNull(lookbacks(subject).get(name), name);
  }

  private static Table withoutLookback(Subject subject) {
    return switch (subject.standIn().lookback()) {
      case Ability.Yes() -> subject.table(Duration.ZERO);
      case Ability.No(String reason) -> subject.table();
    };
  }

  static void quietRunCostsNothing(Subject subject, CursorLayout layout, Table table) {
    Instant startedAt = subject.startedAfter(layout);
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

  /** The cursor cannot tell apart what was written before and after the run read it. */
  static void recordOfTheSameInstantArrives(Subject subject) {
    CursorLayout layout = CursorLayout.allDistinct(subject.standIn().resolution());
    Instant startedAt = subject.startedAfter(layout);
    Instant now = subject.stamp(startedAt);
    List<String> problems = new ArrayList<>();
    for (int cap : List.of(1, Reader.NO_CAP)) {
      subject.standIn().replaceAll(layout.rows());
      subject.standIn().put(RowSpec.of(layout.freeKey(), now));
      Table table = withoutLookback(subject);
      Run first = Reader.of(subject, startedAt).with(table).cap(cap).read(Offset.START);
      subject.standIn().put(RowSpec.of(layout.freeKey() + 1, now));

      Run second = Reader.of(subject, startedAt.plus(HOUR)).with(table).cap(cap).read(first.end());

      ReadChecks.note(
          problems,
          ReadChecks.place(cap, Integer.MAX_VALUE),
          new Sink(subject).add(first).add(second));
    }
    assertThat(problems).isEmpty();
  }

  static void lateRecordArrives(Subject subject) {
    CursorLayout layout = CursorLayout.allDistinct(subject.standIn().resolution());
    List<String> problems = new ArrayList<>();
    for (int pageSize : ReadChecks.pageSizes(subject.standIn())) {
      for (int cap : List.of(1, 2, Reader.NO_CAP)) {
        subject.standIn().replaceAll(layout.rows());
        subject.standIn().pageSize(pageSize);
        lateRecordArrives(subject, layout, cap, ReadChecks.place(cap, pageSize), problems);
      }
    }
    assertThat(problems).isEmpty();
  }

  private static void lateRecordArrives(
      Subject subject, CursorLayout layout, int cap, String place, List<String> problems) {
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

      ReadChecks.note(problems, place + "after " + row + ": ", sink.add(run).add(next));
      if (!quiet.records().isEmpty()) {
        problems.add(place + quiet.records().size() + " records committed by a quiet run");
      }
      offset = quiet.end();
    }
  }

  static void farFutureDoesNotStopTheTable(Subject subject) {
    CursorLayout layout = CursorLayout.allDistinct(subject.standIn().resolution());
    int ordinary = layout.freeKey();
    int ahead = ordinary + 1;
    Instant startedAt = subject.startedAfter(layout);
    List<String> problems = new ArrayList<>();
    for (int cap : List.of(1, 2, Reader.NO_CAP)) {
      String place = ReadChecks.place(cap, Integer.MAX_VALUE);
      subject.standIn().replaceAll(layout.rows());
      subject.standIn().put(RowSpec.of(ahead, FAR_FUTURE));
      Sink sink = new Sink(subject);
      Run first = Reader.of(subject, startedAt).cap(cap).read(Offset.START);
      note(problems, place + "at once: ", subject, ahead, sink.add(first));

      Run quiet = Reader.of(subject, startedAt.plus(HOUR)).cap(cap).read(first.end());
      if (!quiet.records().isEmpty()) {
        problems.add(place + quiet.records().size() + " records committed by a quiet run");
      }

      subject.standIn().put(RowSpec.of(ordinary, subject.stamp(startedAt.plus(HOUR.plus(MINUTE)))));
      Run later =
          Reader.of(subject, startedAt.plus(HOUR.multipliedBy(2))).cap(cap).read(quiet.end());
      note(problems, place + "written later: ", subject, ahead, sink.add(later));

      subject.standIn().put(RowSpec.of(ahead + 1, FAR_FUTURE));
      Run last =
          Reader.of(subject, startedAt.plus(HOUR.multipliedBy(3))).cap(cap).read(later.end());
      note(problems, place + "another one, alone: ", subject, ahead, sink.add(last));
    }
    assertThat(problems).isEmpty();
  }

  /**
   * What a source cannot deliver before its day, the keys from {@code ahead} on, is not expected
   * unless it came all the same.
   */
  private static void note(
      List<String> problems, String place, Subject subject, int ahead, Sink sink) {
    Map<Integer, SourceRecord> truth = new TreeMap<>(subject.standIn().truth());
    if (subject.standIn().farFuture() instanceof Ability.No) {
      truth
          .entrySet()
          .removeIf(
              entry ->
                  entry.getKey() >= ahead
                      && !sink.lost(Map.of(entry.getKey(), entry.getValue())).isEmpty());
    }
    sink.problems(truth).forEach(problem -> problems.add(place + problem));
  }
}
