package dev.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.DetectsUnchanged;
import dev.sluice.spi.Offset;
import dev.sluice.spi.SourceConnector;
import dev.sluice.spi.SourceRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A connector that says of a snapshot that it need not be read again. */
final class UnchangedChecks {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int PAGE = 3;

  /** Without a cap, and in microbatches that begin in the middle. */
  private static final List<Integer> CAPS = List.of(2, Reader.NO_CAP);

  private UnchangedChecks() {}

  /** Why there is nothing to check; empty when there is. */
  static Optional<String> obstacle(Subject subject) {
    try (SourceConnector connector = subject.connect(Instant.EPOCH)) {
      return connector instanceof DetectsUnchanged
          ? Optional.empty()
          : Optional.of("the connector does not tell what has not changed");
    }
  }

  static void unchangedIsKnownWithoutReading(Subject subject) {
    CursorLayout layout = CursorLayout.acrossBorders(subject.standIn().resolution());
    List<String> problems = new ArrayList<>();
    for (int size : sizes(subject)) {
      subject.standIn().pageSize(size);
      for (int cap : CAPS) {
        subject.standIn().replaceAll(layout.rows());
        Instant startedAt = subject.startedAfter(layout);
        Run run = Reader.of(subject, startedAt).cap(cap).read(Offset.START);
        int before = subject.source().wire().requests();

        boolean unchanged = isUnchanged(subject, startedAt.plus(HOUR), run.end());

        int requests = subject.source().wire().requests() - before;
        String place = ReadChecks.place(cap, size);
        if (!unchanged) {
          problems.add(place + "an unchanged source is to be read again");
        }
        if (requests == 0 || requests > run.requests()) {
          problems.add(
              "%s%d requests to know it, %d to read it".formatted(place, requests, run.requests()));
        }
      }
    }
    assertThat(problems).isEmpty();
  }

  static void anyChangeIsNoticed(Subject subject) {
    CursorLayout layout = CursorLayout.acrossBorders(subject.standIn().resolution());
    List<String> problems = new ArrayList<>();
    for (int size : sizes(subject)) {
      subject.standIn().pageSize(size);
      // also those whose last page is full
      for (int rows : List.of(PAGE, 2 * PAGE, layout.rows().size())) {
        CursorLayout some = new CursorLayout(layout.name(), layout.rows().subList(0, rows));
        for (Change change : Change.values()) {
          if (change.obstacle(subject.standIn()).isEmpty()) {
            subject.standIn().replaceAll(some.rows());
            Instant startedAt = subject.startedAfter(layout);
            Run run = Reader.of(subject, startedAt).read(Offset.START);
            CursorLayout concerned = isInsertion(change) ? layout : some;
            List<String> before = content(subject);
            change.apply(subject.standIn(), concerned, subject.stamp(startedAt.plusSeconds(1)));

            // a source that always has the same one record takes no other
            boolean changed = !content(subject).equals(before);
            if (changed && isUnchanged(subject, startedAt.plus(HOUR), run.end())) {
              problems.add(
                  "%s%d records, %s: taken for unchanged"
                      .formatted(ReadChecks.place(Reader.NO_CAP, size), rows, change));
            }
          }
        }
      }
    }
    assertThat(problems).isEmpty();
  }

  private static List<String> content(Subject subject) {
    return subject.standIn().truth().values().stream().map(SourceRecord::json).sorted().toList();
  }

  private static boolean isInsertion(Change change) {
    return change == Change.RECORD_INSERTED || change == Change.RECORD_INSERTED_LATE;
  }

  static void outageIsNotTakenForUnchanged(Subject subject, CursorLayout layout) {
    List<String> problems = new ArrayList<>();
    Instant startedAt = subject.startedAfter(layout);
    Offset end = Reader.of(subject, startedAt).read(Offset.START).end();
    for (FailureChecks.Outage outage : FailureChecks.outages()) {
      if (!(outage.fault() instanceof Fault.Answer answer)) {
        continue; // an answer without a body is whole, however it is cut
      }
      subject.source().wire().fail(answer);
      try {
        boolean unchanged = isUnchanged(subject, startedAt.plus(HOUR), end);
        boolean isRefusal = answer.status() != 200;
        if (unchanged || isRefusal) {
          problems.add("%s: %s".formatted(outage, unchanged ? "unchanged" : "not said"));
        }
      } catch (ConnectorException e) {
        if (e.kind() != outage.kind()) {
          problems.add("%s: %s in place of %s".formatted(outage, e.kind(), outage.kind()));
        }
      }
      subject.source().wire().recover();
    }
    assertThat(problems).isEmpty();
  }

  /** Offsets that are of no complete read, of none of this release, or of none at all. */
  static void offsetThatTellsNothingIsInDoubt(Subject subject, CursorLayout layout) {
    Instant startedAt = subject.startedAfter(layout);
    for (String offset : List.of("{}", "{\"of\": \"another release\"}")) {
      assertThat(isUnchanged(subject, startedAt, Offset.parse(offset))).as(offset).isFalse();
    }
    for (Offset earlier : subject.standIn().earlierOffsets()) {
      subject.standIn().replaceAll(List.of(RowSpec.of(layout.freeKey(), layout.last())));
      assertThat(isUnchanged(subject, startedAt, earlier)).as("%s", earlier).isFalse();
    }
  }

  private static List<Integer> sizes(Subject subject) {
    return subject.standIn().pageSizes() instanceof Ability.No
        ? List.of(Integer.MAX_VALUE)
        : List.of(PAGE, Integer.MAX_VALUE);
  }

  private static boolean isUnchanged(Subject subject, Instant startedAt, Offset complete) {
    try (SourceConnector connector = subject.connect(startedAt)) {
      return ((DetectsUnchanged) connector).isUnchanged(subject.table(), complete);
    }
  }
}
