package dev.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.spi.Offset;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The second flow of a table: which records are gone. */
final class DeleteChecks {
  private static final Duration HOUR = Duration.ofHours(1);

  private DeleteChecks() {}

  static void quietRunCostsNothing(Subject subject, CursorLayout layout) {
    Instant startedAt = subject.startedAfter(layout);
    layout
        .rows()
        .subList(0, 4)
        .forEach(row -> subject.standIn().delete(row.key(), row.cursor().plus(HOUR)));
    Run first = Reader.of(subject, startedAt).readDeletes(Offset.START);

    Run later = Reader.of(subject, startedAt.plus(HOUR)).readDeletes(first.end());

    assertThat(first.records()).hasSize(4);
    TimeChecks.isQuiet(subject, first.end(), later);
  }

  static void noneIsLostWhateverTheCut(Subject subject, CursorLayout layout) {
    Instant startedAt = subject.startedAfter(layout);
    subject.standIn().replaceAll(layout.rows());
    Run data = Reader.of(subject, startedAt).read(Offset.START);
    List<RowSpec> gone = layout.rows().subList(0, layout.rows().size() - 2);
    gone.forEach(row -> subject.standIn().delete(row.key(), row.cursor().plus(HOUR)));
    List<String> problems = new ArrayList<>();
    for (int pageSize : ReadChecks.pageSizes(subject.standIn())) {
      subject.standIn().pageSize(pageSize);
      for (int cap : ReadChecks.CAPS) {
        Run deletes = Reader.of(subject, startedAt).cap(cap).attempt(Flow.DELETES, Offset.START);

        ReadChecks.note(
            problems,
            ReadChecks.place(cap, pageSize),
            new Sink(subject).add(data).addDeletes(deletes));
        deletes.failure().ifPresent(failure -> problems.add(String.valueOf(failure.getMessage())));
      }
    }
    assertThat(problems).isEmpty();
  }

  static void deletedRestoredDeletedIsDeleted(Subject subject) {
    CursorLayout layout = CursorLayout.allDistinct(subject.standIn().resolution());
    RowSpec row = layout.rows().get(5);
    Instant startedAt = subject.startedAfter(layout);
    subject.standIn().replaceAll(layout.rows());
    Sink everyStep = new Sink(subject);
    Run data = Reader.of(subject, startedAt).read(Offset.START);
    Run deletes = Reader.of(subject, startedAt).readDeletes(Offset.START);
    everyStep.add(data).addDeletes(deletes);

    for (int step = 1; step <= 3; step++) {
      Instant now = startedAt.plus(HOUR.multipliedBy(step));
      RowSpec restored = row.changedAt(subject.stamp(now));
      if (step == 2) {
        subject.standIn().put(restored);
      } else {
        subject.standIn().delete(row.key(), subject.stamp(now));
      }
      data = Reader.of(subject, now.plus(Subject.BUDGET)).read(data.end());
      deletes = Reader.of(subject, now.plus(Subject.BUDGET)).readDeletes(deletes.end());
      assertThat(everyStep.add(data).addDeletes(deletes).problems()).as("step %d", step).isEmpty();
    }

    Instant end = startedAt.plus(HOUR.multipliedBy(4));
    Sink atOnce =
        new Sink(subject)
            .addDeletes(Reader.of(subject, end).readDeletes(Offset.START))
            .add(Reader.of(subject, end).read(Offset.START));
    assertThat(atOnce.problems()).as("read at the end").isEmpty();
  }

  static void restArrivesFromEveryOffset(Subject subject, CursorLayout layout) {
    Instant startedAt = subject.startedAfter(layout);
    Run data = deleteAll(subject, layout);
    subject.standIn().pageSize(3);
    List<String> problems = new ArrayList<>();
    Run whole = Reader.of(subject, startedAt).cap(2).readDeletes(Offset.START);
    Sink sink = new Sink(subject).add(data);
    for (Batch batch : whole.batches()) {
      sink.addDeletes(Run.of(batch));
      Run rest = Reader.of(subject, startedAt).readDeletes(batch.end());

      ReadChecks.note(problems, "resumed at " + batch.end() + ": ", sink.copy().addDeletes(rest));
    }
    assertThat(problems).isEmpty();
  }

  static void outageIsSaidAndMadeGood(Subject subject, FailureChecks.Outage outage) {
    CursorLayout layout = CursorLayout.acrossBorders(subject.standIn().resolution());
    Interceptor wire = subject.source().wire();
    subject.standIn().replaceAll(layout.rows());
    Run data = deleteAll(subject, layout);
    subject.standIn().pageSize(3);
    Reader reader = Reader.of(subject, subject.startedAfter(layout));
    int requests = reader.readDeletes(Offset.START).requests();
    List<String> problems = new ArrayList<>();
    for (int moment : ChangeChecks.moments(requests, 3)) {
      wire.beforeRequest(moment, () -> wire.fail(outage.fault()));
      Run broken = reader.attempt(Flow.DELETES, Offset.START);
      wire.recover();
      Run rest = reader.readDeletes(broken.end());

      String place = "from request " + moment + " on: ";
      Sink before = new Sink(subject).add(data).addDeletes(broken);
      problems.addAll(FailureChecks.problems(place, broken, outage, before));
      ReadChecks.note(problems, place + "after recovery ", before.addDeletes(rest));
    }
    assertThat(problems).isEmpty();
  }

  /** Reads all, then deletes all of it; returns what was read. */
  private static Run deleteAll(Subject subject, CursorLayout layout) {
    Run data = Reader.of(subject, subject.startedAfter(layout)).read(Offset.START);
    layout.rows().forEach(row -> subject.standIn().delete(row.key(), row.cursor().plus(HOUR)));
    return data;
  }
}
