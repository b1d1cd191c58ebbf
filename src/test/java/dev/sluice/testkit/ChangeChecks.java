package dev.sluice.testkit;

import dev.sluice.spi.IngestionType;
import dev.sluice.spi.Offset;
import dev.sluice.spi.SourceRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** A source that changes: between runs, and at any moment of the paging. */
final class ChangeChecks {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int MOST_MOMENTS = 5;
  private static final int PAGE = 3;

  private ChangeChecks() {}

  static void changesBetweenRunsArrive(Subject subject, Case each) {
    CursorLayout layout = subject.filled();
    Instant startedAt = subject.startedAfter(layout);
    int cap = each.of(Dimension.CAP);
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
    sink = subject.isIncremental() ? sink : new Sink(subject);
    deletes(subject, sink.add(second), later, deletes);

    sink.requireWhole();
  }

  private static Offset deletes(Subject subject, Sink sink, Instant startedAt, Offset from) {
    if (subject.type() != IngestionType.CDC_WITH_DELETES) {
      return from;
    }
    Run run = Reader.of(subject, startedAt).readDeletes(from);
    sink.addDeletes(run);
    return run.end();
  }

  /** Changes at moments of a read, in the layouts in which they can do harm. */
  static Grid moments(Subject subject) {
    List<Change> possible =
        Arrays.stream(Change.values())
            .filter(change -> change.obstacle(subject.standIn()).isEmpty())
            .toList();
    return Grid.ONE
        .by(Dimension.LAYOUT, subject.isIncremental() ? layouts(subject) : few(subject))
        .by(Dimension.CHANGE, possible)
        .by(Dimension.CAP, List.of(Reader.NO_CAP, 2))
        .by(Dimension.MOMENT, Moment.spread(MOST_MOMENTS))
        .where(each -> isHarmful(each, subject));
  }

  private static List<CursorLayout> layouts(Subject subject) {
    Duration resolution = subject.standIn().resolution();
    return List.of(
        CursorLayout.allDistinct(resolution),
        CursorLayout.acrossBorders(resolution),
        CursorLayout.allEqual(resolution));
  }

  private static List<CursorLayout> few(Subject subject) {
    Duration resolution = subject.standIn().resolution();
    return List.of(CursorLayout.allDistinct(resolution), CursorLayout.acrossBorders(resolution));
  }

  private static boolean isHarmful(Case each, Subject subject) {
    List<CursorLayout> harmful = each.of(Dimension.CHANGE).layouts(subject.standIn().resolution());
    return (subject.isIncremental() ? harmful : harmful.subList(0, 1))
        .contains(each.of(Dimension.LAYOUT));
  }

  static void nothingIsLostAtAnyMoment(Subject subject, Case each, Requests requests) {
    StandInTable table = subject.standIn();
    CursorLayout layout = subject.filled(each.of(Dimension.LAYOUT));
    int cap = each.of(Dimension.CAP);
    table.pageSize(PAGE);
    Instant startedAt = subject.startedAfter(layout);
    Reader reader = Reader.of(subject, startedAt).cap(cap);
    int moment =
        each.of(Dimension.MOMENT)
            .request(requests.of(subject, layout + ", " + cap, () -> reader.read(Offset.START)));
    Instant now = subject.stamp(startedAt.plusSeconds(1).plus(table.resolution()));
    Change change = each.of(Dimension.CHANGE);
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

    Run disturbed = reader.read(Offset.START);
    subject.source().wire().recover();
    Instant later = startedAt.plus(HOUR);
    Run converged = Reader.of(subject, later).cap(cap).read(ReadChecks.resume(subject, disturbed));

    List<String> problems = new ArrayList<>();
    // A page that is fetched ahead may be asked for in one run and not in the next.
    if (!happened.get() && disturbed.requests() >= moment) {
      problems.add("nothing ran");
    }
    Sink sink = new Sink(subject);
    if (subject.isIncremental()) {
      sink.add(disturbed);
    } else {
      new Sink(subject)
          .add(disturbed)
          .lost(untouched(table, layout))
          .forEach(problem -> problems.add("in the snapshot meanwhile, " + problem));
    }
    deletes(subject, sink.add(converged), later, Offset.START);
    problems.addAll(problems(subject, change, layout, sink));
    Problems.require("before request " + moment + ": ", problems);
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
