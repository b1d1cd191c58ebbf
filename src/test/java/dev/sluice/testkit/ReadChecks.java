package dev.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.IngestionType;
import dev.sluice.spi.Offset;
import dev.sluice.spi.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A source at rest: all of it arrives, however it is cut into pages and batches. */
final class ReadChecks {
  static final List<Integer> CAPS = List.of(1, 2, 7, 100, Reader.NO_CAP);

  /** More than an offset may list by their keys. */
  private static final int MANY = 3_000;

  private ReadChecks() {}

  static List<Integer> pageSizes(StandInTable table) {
    return switch (table.pageSizes()) {
      case Ability.Yes() -> List.of(1, 3, Integer.MAX_VALUE);
      case Ability.No(String reason) -> List.of(Integer.MAX_VALUE);
    };
  }

  static String place(int cap, int pageSize) {
    return "cap %s, page size %s: "
        .formatted(
            cap == Reader.NO_CAP ? "none" : cap, pageSize == Integer.MAX_VALUE ? "full" : pageSize);
  }

  static void sameRecordsWhateverTheCut(Subject subject, CursorLayout layout, Table table) {
    Instant startedAt = subject.startedAfter(layout);
    List<String> problems = new ArrayList<>();
    for (int pageSize : pageSizes(subject.standIn())) {
      subject.standIn().pageSize(pageSize);
      for (int cap : CAPS) {
        Run run = Reader.of(subject, startedAt).with(table).cap(cap).read(Offset.START);

        note(problems, place(cap, pageSize), new Sink(subject).add(run));
      }
    }
    assertThat(problems).isEmpty();
  }

  static void note(List<String> problems, String place, Sink sink) {
    sink.problems().forEach(problem -> problems.add(place + problem));
  }

  static void restArrivesFromEveryOffset(Subject subject, CursorLayout layout) {
    Instant startedAt = subject.startedAfter(layout);
    Reader reader = Reader.of(subject, startedAt);
    subject.standIn().pageSize(3);
    List<String> problems = new ArrayList<>();
    for (int cap : List.of(1, 2)) {
      Run whole = reader.cap(cap).read(Offset.START);
      for (int kept = 0; kept < whole.batches().size(); kept++) {
        List<Batch> first = whole.batches().subList(0, kept + 1);
        Offset offset = first.getLast().end();

        Run rest = reader.read(offset);

        note(
            problems,
            "cap %d, resumed after batch %d at %s: ".formatted(cap, kept + 1, offset),
            new Sink(subject).add(part(first)).add(rest));
      }
    }
    assertThat(problems).isEmpty();
  }

  private static Run part(List<Batch> batches) {
    return new Run(batches, batches.getLast().end(), 0, Optional.empty());
  }

  /** The reader refuses an offset of more than 64 KB. */
  static void manyTiesFitAnOffset(Subject subject) {
    CursorLayout layout = CursorLayout.allEqual(subject.standIn().resolution(), MANY);
    subject.standIn().replaceAll(layout.rows());
    subject.standIn().pageSize(Integer.MAX_VALUE);

    Run run = Reader.of(subject, subject.startedAfter(layout)).read(Offset.START);

    // Not that none is doubled: nobody can remember any number of keys.
    assertThat(new Sink(subject).add(run).problems())
        .as("%d records of one cursor value", MANY)
        .noneMatch(problem -> problem.startsWith("lost"));
  }

  static void endsAlthoughRecordsLieAhead(Subject subject) {
    CursorLayout layout = CursorLayout.allDistinct(subject.standIn().resolution());
    subject.standIn().replaceAll(layout.rows());
    List<String> problems = new ArrayList<>();
    for (int cap : List.of(1, Reader.NO_CAP)) {
      for (int begun : List.of(0, 5, 12)) {
        Instant startedAt = layout.rows().get(begun).cursor();
        Run early = Reader.of(subject, startedAt).cap(cap).read(Offset.START);
        Run late = Reader.of(subject, subject.startedAfter(layout)).cap(cap).read(early.end());

        note(
            problems,
            "cap %s, begun at record %d of 13: ".formatted(cap, begun + 1),
            new Sink(subject).add(early).add(late));
      }
    }
    assertThat(problems).isEmpty();
  }

  static void emptySourceFills(Subject subject) {
    CursorLayout layout = CursorLayout.allDistinct(subject.standIn().resolution());
    subject.standIn().replaceAll(List.of());
    if (subject.standIn().deletions() instanceof Ability.No(String reason)) {
      assumeTrue(subject.standIn().truth().isEmpty(), reason);
    }

    Instant before = layout.rows().getFirst().cursor().minus(Subject.BUDGET);
    Run empty = Reader.of(subject, before).read(Offset.START);
    subject.standIn().replaceAll(layout.rows());
    Run filled = Reader.of(subject, subject.startedAfter(layout)).read(resume(subject, empty));

    assertThat(empty.records()).as("records of an empty source").isEmpty();
    assertThat(new Sink(subject).add(filled).problems()).isEmpty();
  }

  /** Where the next invocation goes on; a snapshot begins again. */
  static Offset resume(Subject subject, Run run) {
    return subject.type() == IngestionType.SNAPSHOT ? Offset.START : run.end();
  }

  static void earlierOffsetsAreReadable(Subject subject) {
    CursorLayout layout = CursorLayout.allDistinct(subject.standIn().resolution());
    subject.standIn().replaceAll(layout.rows());
    Instant startedAt = subject.startedAfter(layout);
    List<String> problems = new ArrayList<>();
    for (Offset offset : subject.standIn().earlierOffsets()) {
      try {
        Reader.of(subject, startedAt).read(offset);
      } catch (ConnectorException e) {
        problems.add(offset + ": " + e.getMessage());
      }
    }
    assertThat(problems).isEmpty();
  }
}
