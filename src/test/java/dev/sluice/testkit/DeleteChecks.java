package dev.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.spi.Offset;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The second flow of a table: which records are gone. */
final class DeleteChecks {
  private static final Duration HOUR = Duration.ofHours(1);

  private DeleteChecks() {}

  static void quietRunCostsNothing(Subject subject) {
    CursorLayout layout = subject.filled();
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

  static void noneIsLostWhateverTheCut(Subject subject, Case each) {
    CursorLayout layout = subject.filled(each.of(Dimension.LAYOUT));
    Instant startedAt = subject.startedAfter(layout);
    Run data = Reader.of(subject, startedAt).read(Offset.START);
    List<RowSpec> gone = layout.rows().subList(0, Math.max(1, layout.rows().size() - 2));
    gone.forEach(row -> subject.standIn().delete(row.key(), row.cursor().plus(HOUR)));
    subject.standIn().pageSize(each.of(Dimension.PAGE_SIZE));

    Run deletes =
        Reader.of(subject, startedAt).cap(each.of(Dimension.CAP)).readDeletes(Offset.START);

    new Sink(subject).add(data).addDeletes(deletes).requireWhole();
  }

  static void deletedRestoredDeletedIsDeleted(Subject subject) {
    CursorLayout layout = CursorLayout.allDistinct(subject.standIn().resolution());
    RowSpec row = layout.rows().get(5);
    Instant startedAt = subject.startedAfter(layout);
    subject.filled(layout);
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
      everyStep.add(data).addDeletes(deletes).requireWhole("step %d: ".formatted(step));
    }

    Instant end = startedAt.plus(HOUR.multipliedBy(4));
    Sink atOnce =
        new Sink(subject)
            .addDeletes(Reader.of(subject, end).readDeletes(Offset.START))
            .add(Reader.of(subject, end).read(Offset.START));
    atOnce.requireWhole("read at the end: ");
  }

  static Grid cuts(Subject subject) {
    return Grid.ONE
        .by(Dimension.LAYOUT, subject.layouts())
        .by(Dimension.PAGE_SIZE, subject.pageSizes(3, 1))
        .by(Dimension.CAP, ReadChecks.CAPS);
  }

  static Grid layouts(Subject subject) {
    return Grid.ONE.by(Dimension.LAYOUT, subject.layouts());
  }

  static void restArrivesFromEveryOffset(Subject subject, Case each) {
    CursorLayout layout = subject.filled(each.of(Dimension.LAYOUT));
    Instant startedAt = subject.startedAfter(layout);
    Run data = deleteAll(subject, layout);
    subject.standIn().pageSize(3);
    Run whole = Reader.of(subject, startedAt).cap(2).readDeletes(Offset.START);
    Sink sink = new Sink(subject).add(data);
    for (Batch batch : whole.batches()) {
      sink.addDeletes(Run.of(batch));

      Run rest = Reader.of(subject, startedAt).readDeletes(batch.end());

      sink.copy().addDeletes(rest).requireWhole("resumed at " + batch.end() + ": ");
    }
  }

  static Grid outages(Subject subject) {
    return Grid.ONE
        .by(Dimension.OUTAGE, FailureChecks.outages())
        .by(Dimension.MOMENT, Moment.spread(3));
  }

  static void outageIsSaidAndMadeGood(Subject subject, Case each, Requests requests) {
    CursorLayout layout = subject.filled();
    FailureChecks.Outage outage = each.of(Dimension.OUTAGE);
    Interceptor wire = subject.source().wire();
    Run data = deleteAll(subject, layout);
    subject.standIn().pageSize(3);
    Reader reader = Reader.of(subject, subject.startedAfter(layout));
    int moment =
        each.of(Dimension.MOMENT)
            .request(requests.of(subject, "", () -> reader.readDeletes(Offset.START)));
    wire.beforeRequest(moment, () -> wire.fail(outage.fault()));

    Run broken = reader.attempt(Flow.DELETES, Offset.START);
    wire.recover();
    Run rest = reader.readDeletes(broken.end());

    Sink sink = new Sink(subject).add(data).addDeletes(broken);
    FailureChecks.requireSaid(broken, outage, sink);
    sink.addDeletes(rest).requireWhole("after recovery ");
  }

  /** Reads all, then deletes all of it; returns what was read. */
  private static Run deleteAll(Subject subject, CursorLayout layout) {
    Run data = Reader.of(subject, subject.startedAfter(layout)).read(Offset.START);
    layout.rows().forEach(row -> subject.standIn().delete(row.key(), row.cursor().plus(HOUR)));
    return data;
  }
}
