package dev.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.DetectsUnchanged;
import dev.sluice.spi.Offset;
import dev.sluice.spi.SourceConnector;
import dev.sluice.spi.SourceRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A connector that says of a snapshot that it need not be read again. */
final class UnchangedChecks {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int PAGE = 3;

  private UnchangedChecks() {}

  /** Why there is nothing to check; empty when there is. */
  static Optional<String> obstacle(Subject subject) {
    try (SourceConnector connector = subject.connect(Instant.EPOCH)) {
      return connector instanceof DetectsUnchanged
          ? Optional.empty()
          : Optional.of("the connector does not tell what has not changed");
    }
  }

  static Grid cuts(Subject subject) {
    return Grid.ONE
        .by(Dimension.PAGE_SIZE, subject.pageSizes(PAGE))
        .by(Dimension.CAP, List.of(Reader.NO_CAP, 2));
  }

  static void unchangedIsKnownWithoutReading(Subject subject, Case each) {
    subject.standIn().pageSize(each.of(Dimension.PAGE_SIZE));
    Instant startedAt = subject.startedAfter(subject.filled());
    Run run = Reader.of(subject, startedAt).cap(each.of(Dimension.CAP)).read(Offset.START);
    int before = subject.source().wire().requests();

    boolean unchanged = isUnchanged(subject, startedAt.plus(HOUR), run.end());

    int requests = subject.source().wire().requests() - before;
    assertThat(unchanged).as("whether an unchanged source need not be read again").isTrue();
    assertThat(requests).as("requests to know it").isBetween(1, run.requests());
  }

  /** Tables of few records and of more, among them those whose last page is full. */
  static Grid changes(Subject subject) {
    List<Change> possible =
        Arrays.stream(Change.values())
            .filter(change -> change.obstacle(subject.standIn()).isEmpty())
            .toList();
    return Grid.ONE
        .by(Dimension.PAGE_SIZE, subject.pageSizes(PAGE))
        .by(Dimension.RECORDS, List.of(PAGE, 2 * PAGE, CursorLayout.SIZE))
        .by(Dimension.CHANGE, possible);
  }

  static void anyChangeIsNoticed(Subject subject, Case each) {
    CursorLayout layout = CursorLayout.acrossBorders(subject.standIn().resolution());
    CursorLayout some = subject.filled(layout.first(each.of(Dimension.RECORDS)));
    Change change = each.of(Dimension.CHANGE);
    subject.standIn().pageSize(each.of(Dimension.PAGE_SIZE));
    Instant startedAt = subject.startedAfter(layout);
    Run run = Reader.of(subject, startedAt).read(Offset.START);
    List<String> before = content(subject);

    CursorLayout concerned = isInsertion(change) ? layout : some;
    change.apply(subject.standIn(), concerned, subject.stamp(startedAt.plusSeconds(1)));

    // a source that always has the same one record takes no other
    if (!content(subject).equals(before)) {
      assertThat(isUnchanged(subject, startedAt.plus(HOUR), run.end()))
          .as("taken for unchanged")
          .isFalse();
    }
  }

  private static List<String> content(Subject subject) {
    return subject.standIn().truth().values().stream().map(SourceRecord::json).sorted().toList();
  }

  private static boolean isInsertion(Change change) {
    return change == Change.RECORD_INSERTED || change == Change.RECORD_INSERTED_LATE;
  }

  /** An answer without a body is whole, however it is cut. */
  static Grid outages(Subject subject) {
    return Grid.ONE.by(
        Dimension.OUTAGE,
        FailureChecks.outages().stream()
            .filter(outage -> outage.fault() instanceof Fault.Answer)
            .toList());
  }

  static void outageIsNotTakenForUnchanged(Subject subject, Case each) {
    FailureChecks.Outage outage = each.of(Dimension.OUTAGE);
    Instant startedAt = subject.startedAfter(subject.filled());
    Offset end = Reader.of(subject, startedAt).read(Offset.START).end();
    subject.source().wire().fail(outage.fault());
    try {
      boolean unchanged = isUnchanged(subject, startedAt.plus(HOUR), end);

      assertThat(unchanged).as("whether it is taken for unchanged").isFalse();
      assertThat(outage.isRefusal()).as("whether a refusal passes in silence").isFalse();
    } catch (ConnectorException e) {
      assertThat(e.kind()).isEqualTo(outage.kind());
    }
  }

  /** Offsets that are of no complete read, of none of this release, or of none at all. */
  static void offsetThatTellsNothingIsInDoubt(Subject subject) {
    CursorLayout layout = subject.filled();
    Instant startedAt = subject.startedAfter(layout);
    for (String offset : List.of("{}", "{\"of\": \"another release\"}")) {
      assertThat(isUnchanged(subject, startedAt, Offset.parse(offset))).as(offset).isFalse();
    }
    for (Offset earlier : subject.standIn().earlierOffsets()) {
      subject.standIn().replaceAll(List.of(RowSpec.of(layout.freeKey(), layout.last())));
      assertThat(isUnchanged(subject, startedAt, earlier)).as("%s", earlier).isFalse();
    }
  }

  private static boolean isUnchanged(Subject subject, Instant startedAt, Offset complete) {
    try (SourceConnector connector = subject.connect(startedAt)) {
      return ((DetectsUnchanged) connector).isUnchanged(subject.table(), complete);
    }
  }
}
