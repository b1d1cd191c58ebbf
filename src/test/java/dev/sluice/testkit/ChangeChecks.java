package dev.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.IngestionType;
import dev.sluice.spi.Offset;
import dev.sluice.spi.SourceRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/** A source that changes: between runs, and at any moment of the paging. */
final class ChangeChecks {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int MOST_MOMENTS = 5;

  private static final List<Cut> CUTS = List.of(new Cut(3, Reader.NO_CAP), new Cut(3, 2));

  private ChangeChecks() {}

  private record Cut(int pageSize, int cap) {}

  static void changesBetweenRunsArrive(Subject subject) {
    CursorLayout layout = CursorLayout.acrossBorders(subject.standIn().resolution());
    List<String> problems = new ArrayList<>();
    for (int cap : List.of(1, Reader.NO_CAP)) {
      subject.standIn().replaceAll(layout.rows());
      Instant startedAt = subject.startedAfter(layout);
      Run first = Reader.of(subject, startedAt).cap(cap).read(Offset.START);
      Sink sink = new Sink(subject).add(first);
      Offset deletes = deletes(subject, sink, startedAt, Offset.START);
      for (Change change : Change.values()) {
        if (change != Change.RECORD_INSERTED_LATE && change.obstacle(subject.standIn()).isEmpty()) {
          change.apply(subject.standIn(), layout, subject.stamp(startedAt.plusSeconds(1)));
        }
      }

      Instant later = startedAt.plus(HOUR);
      Run second = Reader.of(subject, later).cap(cap).read(ReadChecks.resume(subject, first));
      sink = subject.type() == IngestionType.SNAPSHOT ? new Sink(subject) : sink;
      deletes(subject, sink.add(second), later, deletes);

      ReadChecks.note(problems, ReadChecks.place(cap, Integer.MAX_VALUE), sink);
    }
    assertThat(problems).isEmpty();
  }

  private static Offset deletes(Subject subject, Sink sink, Instant startedAt, Offset from) {
    if (subject.type() != IngestionType.CDC_WITH_DELETES) {
      return from;
    }
    Run run = Reader.of(subject, startedAt).readDeletes(from);
    sink.addDeletes(run);
    return run.end();
  }

  static void nothingIsLostAtAnyMoment(Subject subject, Change change, CursorLayout layout) {
    List<String> problems = new ArrayList<>();
    for (Cut cut : CUTS) {
      subject.standIn().pageSize(cut.pageSize());
      subject.standIn().replaceAll(layout.rows());
      Reader reader = Reader.of(subject, subject.startedAfter(layout)).cap(cut.cap());
      int requests = reader.read(Offset.START).requests();
      for (int moment : moments(requests, MOST_MOMENTS)) {
        disturb(subject, change, layout, cut, moment, problems);
      }
    }
    assertThat(problems).isEmpty();
  }

  /** Evenly spread, the first and the last among them. */
  static List<Integer> moments(int requests, int most) {
    return IntStream.range(0, Math.min(requests, most))
        .map(i -> requests <= most ? 1 + i : 1 + i * (requests - 1) / (most - 1))
        .boxed()
        .toList();
  }

  private static void disturb(
      Subject subject,
      Change change,
      CursorLayout layout,
      Cut cut,
      int moment,
      List<String> problems) {
    StandInTable table = subject.standIn();
    Instant startedAt = subject.startedAfter(layout);
    Instant now = subject.stamp(startedAt.plusSeconds(1).plus(table.resolution()));
    table.replaceAll(layout.rows());
    var happened = new AtomicBoolean();
    subject
        .source()
        .wire()
        .beforeRequest(
            moment,
            () -> {
              change.apply(table, layout, now);
              happened.set(true);
            });

    Run disturbed = Reader.of(subject, startedAt).cap(cut.cap()).read(Offset.START);
    subject.source().wire().recover();
    Instant later = startedAt.plus(HOUR);
    Run converged =
        Reader.of(subject, later).cap(cut.cap()).read(ReadChecks.resume(subject, disturbed));

    String when = ReadChecks.place(cut.cap(), cut.pageSize()) + "before request " + moment + ": ";
    // A page that is fetched ahead may be asked for in one run and not in the next.
    if (!happened.get() && disturbed.requests() >= moment) {
      problems.add(when + "nothing ran");
    }
    Sink sink = new Sink(subject);
    if (subject.type() == IngestionType.SNAPSHOT) {
      new Sink(subject)
          .add(disturbed)
          .lost(untouched(table, layout))
          .forEach(problem -> problems.add(when + "in the snapshot meanwhile, " + problem));
    } else {
      sink.add(disturbed);
    }
    deletes(subject, sink.add(converged), later, Offset.START);
    problems(subject, change, layout, sink).forEach(problem -> problems.add(when + problem));
  }

  /** What was there before and after: a snapshot without it would have it deleted. */
  private static Map<Integer, SourceRecord> untouched(StandInTable table, CursorLayout layout) {
    Map<Integer, SourceRecord> truth = new TreeMap<>(table.truth());
    truth.remove(layout.freeKey());
    return truth;
  }

  /** A record that lies behind the cursor when it is written may wait for a lookback. */
  private static List<String> problems(
      Subject subject, Change change, CursorLayout layout, Sink sink) {
    List<String> problems = sink.problems();
    if (change == Change.RECORD_INSERTED_LATE && !problems.isEmpty()) {
      Map<Integer, SourceRecord> others = new TreeMap<>(subject.standIn().truth());
      others.remove(layout.freeKey());
      return sink.problems(others);
    }
    return problems;
  }
}
