package dev.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.IngestionType;
import dev.sluice.spi.Offset;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A source at rest: all of it arrives, however it is cut into pages and batches. */
final class ReadChecks {
  static final List<Integer> CAPS = List.of(Reader.NO_CAP, 100, 7, 2, 1);

  /** How many offsets of a read a sample resumes from. */
  private static final int RESUMPTIONS = 4;

  /** More than an offset may list by their keys. */
  private static final int MANY = 3_000;

  private ReadChecks() {}

  static Grid cuts(Subject subject) {
    return Grid.ONE
        .by(Dimension.LAYOUT, subject.layouts())
        .by(Dimension.LOOKBACK, Lookback.of(subject.standIn()))
        .by(Dimension.PAGE_SIZE, subject.pageSizes(3, 1))
        .by(Dimension.CAP, CAPS);
  }

  static void sameRecordsWhateverTheCut(Subject subject, Case each) {
    CursorLayout layout = subject.filled(each.of(Dimension.LAYOUT));
    subject.standIn().pageSize(each.of(Dimension.PAGE_SIZE));

    Run run =
        Reader.of(subject, subject.startedAfter(layout))
            .with(subject.table(each.of(Dimension.LOOKBACK)))
            .cap(each.of(Dimension.CAP))
            .read(Offset.START);

    new Sink(subject).add(run).requireWhole();
  }

  static Grid resumptions(Subject subject) {
    return Grid.ONE
        .by(Dimension.LAYOUT, subject.layouts())
        .by(Dimension.CAP, List.of(2, Reader.NO_CAP, 1));
  }

  static void restArrivesFromEveryOffset(Subject subject, Case each, Sampling sampling) {
    CursorLayout layout = subject.filled(each.of(Dimension.LAYOUT));
    Reader reader = Reader.of(subject, subject.startedAfter(layout)).cap(each.of(Dimension.CAP));
    subject.standIn().pageSize(3);
    List<Batch> batches = reader.read(Offset.START).batches();
    List<List<Batch>> places = places(batches);
    List<Integer> numbers = IntStream.range(0, places.size()).boxed().toList();
    for (int place : sampling.some(numbers, RESUMPTIONS, subject.standIn().name() + each)) {
      List<Batch> first = places.get(place);
      Offset offset = first.getLast().end();

      Run rest = reader.read(offset);

      new Sink(subject)
          .add(part(first))
          .add(rest)
          .requireWhole("resumed after batch %d at %s: ".formatted(first.size(), offset));
    }
  }

  /** What was read up to every offset: those at which batches end, and the marks within them. */
  private static List<List<Batch>> places(List<Batch> batches) {
    List<List<Batch>> places = new ArrayList<>();
    for (int i = 0; i < batches.size(); i++) {
      List<Batch> before = batches.subList(0, i);
      Batch batch = batches.get(i);
      batch.marks().forEach(mark -> places.add(with(before, batch.upTo(mark))));
      places.add(with(before, batch));
    }
    return places;
  }

  private static List<Batch> with(List<Batch> batches, Batch next) {
    return Stream.concat(batches.stream(), Stream.of(next)).toList();
  }

  private static Run part(List<Batch> batches) {
    return new Run(batches, batches.getLast().end(), 0, Optional.empty());
  }

  /** The reader refuses an offset of more than 64 KB. */
  static void manyTiesFitAnOffset(Subject subject) {
    CursorLayout layout =
        subject.filled(CursorLayout.allEqual(subject.standIn().resolution(), MANY));
    subject.standIn().pageSize(Integer.MAX_VALUE);

    Run run = Reader.of(subject, subject.startedAfter(layout)).read(Offset.START);

    // Not that none is doubled: nobody can remember any number of keys.
    assertThat(new Sink(subject).add(run).problems())
        .as("%d records of one cursor value", MANY)
        .noneMatch(problem -> problem.startsWith("lost"));
  }

  static Grid beginnings(Subject subject) {
    return Grid.ONE
        .by(Dimension.CAP, List.of(Reader.NO_CAP, 1))
        .by(Dimension.BEGUN, List.of(13, 6, 1));
  }

  static void endsAlthoughRecordsLieAhead(Subject subject, Case each) {
    CursorLayout layout = subject.filled(CursorLayout.allDistinct(subject.standIn().resolution()));
    Instant startedAt = layout.rows().get(each.of(Dimension.BEGUN) - 1).cursor();
    int cap = each.of(Dimension.CAP);

    Run early = Reader.of(subject, startedAt).cap(cap).read(Offset.START);
    Run late = Reader.of(subject, subject.startedAfter(layout)).cap(cap).read(early.end());

    new Sink(subject).add(early).add(late).requireWhole();
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
    new Sink(subject).add(filled).requireWhole();
  }

  /** Where the next invocation goes on; a snapshot begins again. */
  static Offset resume(Subject subject, Run run) {
    return subject.type() == IngestionType.SNAPSHOT ? Offset.START : run.end();
  }

  static void earlierOffsetsAreReadable(Subject subject) {
    CursorLayout layout = subject.filled(CursorLayout.allDistinct(subject.standIn().resolution()));
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
