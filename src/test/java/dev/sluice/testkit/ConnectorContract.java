package dev.sluice.testkit;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorProvider;
import dev.sluice.spi.IngestionType;
import dev.sluice.spi.Table;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Everything that a connector must do. Its test class extends this one, names the connector and its
 * {@link StandIn}, and is done.
 *
 * <p>Every check runs against a stand-in of its own. A check that a source cannot have is skipped
 * with the reason that the stand-in gives.
 */
public abstract class ConnectorContract {
  private static final Duration TIME_LIMIT = Duration.ofMinutes(1);

  protected abstract ConnectorProvider connector();

  /** A new one, which the caller closes. */
  protected abstract StandIn standIn();

  // ---- what it says of itself

  @TestFactory
  Stream<DynamicTest> listsEveryTableOnce() {
    return once(DescriptionChecks::listsEveryTableOnce);
  }

  @TestFactory
  Stream<DynamicTest> refusesUnknownTables() {
    return once(DescriptionChecks::refusesUnknownTables);
  }

  @TestFactory
  Stream<DynamicTest> refusesUnknownAndMissingConnectionOptions() {
    return once(DescriptionChecks::refusesUnknownConnectionOptions);
  }

  @TestFactory
  Stream<DynamicTest> refusesUnknownAndMissingTableOptions() {
    return tables(DescriptionChecks::refusesUnknownTableOptions);
  }

  @TestFactory
  Stream<DynamicTest> describesEveryTableTheSameWayTwice() {
    return tables(DescriptionChecks::describesTheTableTheSameWayTwice);
  }

  @TestFactory
  Stream<DynamicTest> recordsFitTheSchema() {
    return tables(DescriptionChecks::recordsFitTheSchema);
  }

  @TestFactory
  Stream<DynamicTest> everyColumnIsFilledSomewhere() {
    return tables(DescriptionChecks::everyColumnIsFilledSomewhere);
  }

  // ---- a source at rest

  @TestFactory
  Stream<DynamicTest> everyCapAndPageSizeDeliversTheSameRecords() {
    return each(
        subject ->
            layouts(subject)
                .flatMap(
                    layout ->
                        TimeChecks.lookbacks(subject).keySet().stream()
                            .map(lookback -> new Variant(layout, lookback)))
                .toList(),
        (subject, variant) -> {
          subject.standIn().replaceAll(variant.layout().rows());
          Table table = TimeChecks.lookback(subject, variant.lookback());
          ReadChecks.sameRecordsWhateverTheCut(subject, variant.layout(), table);
        });
  }

  @TestFactory
  Stream<DynamicTest> restArrivesFromEveryOffset() {
    return layouts(ReadChecks::restArrivesFromEveryOffset);
  }

  @TestFactory
  Stream<DynamicTest> manyTiesFitAnOffset() {
    return tables(ReadChecks::manyTiesFitAnOffset);
  }

  @TestFactory
  Stream<DynamicTest> readEndsAlthoughRecordsLieAhead() {
    return incremental(ReadChecks::endsAlthoughRecordsLieAhead);
  }

  @TestFactory
  Stream<DynamicTest> emptySourceIsNoFailureAndFills() {
    return tables(ReadChecks::emptySourceFills);
  }

  @TestFactory
  Stream<DynamicTest> earlierOffsetsAreReadable() {
    return tables(ReadChecks::earlierOffsetsAreReadable);
  }

  // ---- one run after another

  @TestFactory
  Stream<DynamicTest> quietRunCostsNothing() {
    return each(
        subject ->
            isIncremental(subject)
                ? TimeChecks.lookbacks(subject).keySet().stream().toList()
                : List.of(),
        (subject, lookback) -> {
          CursorLayout layout = CursorLayout.acrossBorders(subject.standIn().resolution());
          subject.standIn().replaceAll(layout.rows());
          Table table = TimeChecks.lookback(subject, lookback);
          TimeChecks.quietRunCostsNothing(subject, layout, table);
        });
  }

  @TestFactory
  Stream<DynamicTest> recordOfTheInstantOfTheLastRunArrives() {
    return incremental(TimeChecks::recordOfTheSameInstantArrives);
  }

  @TestFactory
  Stream<DynamicTest> lateRecordInsideTheLookbackArrives() {
    return incremental(
        subject -> {
          assume(subject.standIn().lookback());
          TimeChecks.lateRecordArrives(subject);
        });
  }

  @TestFactory
  Stream<DynamicTest> recordOfTheFarFutureDoesNotStopTheTable() {
    return incremental(TimeChecks::farFutureDoesNotStopTheTable);
  }

  @TestFactory
  Stream<DynamicTest> changesBetweenRunsArrive() {
    return tables(ChangeChecks::changesBetweenRunsArrive);
  }

  // ---- a source that need not be read again

  @TestFactory
  Stream<DynamicTest> unchangedSnapshotIsKnownWithoutReading() {
    return unchanged(UnchangedChecks::unchangedIsKnownWithoutReading);
  }

  @TestFactory
  Stream<DynamicTest> changedSnapshotIsNotTakenForUnchanged() {
    return unchanged(UnchangedChecks::anyChangeIsNoticed);
  }

  @TestFactory
  Stream<DynamicTest> outageIsNotTakenForUnchanged() {
    return unchanged(
        subject -> UnchangedChecks.outageIsNotTakenForUnchanged(subject, filled(subject)));
  }

  @TestFactory
  Stream<DynamicTest> offsetThatTellsNothingIsNotTakenForUnchanged() {
    return unchanged(
        subject -> UnchangedChecks.offsetThatTellsNothingIsInDoubt(subject, filled(subject)));
  }

  // ---- a source that changes while it is read

  @TestFactory
  Stream<DynamicTest> nothingIsLostWhenTheSourceChangesWhileItIsRead() {
    return each(
        ConnectorContract::moments,
        (subject, moment) -> {
          assume(subject.standIn().pageSizes());
          moment.change().obstacle(subject.standIn()).ifPresent(Assumptions::abort);
          ChangeChecks.nothingIsLostAtAnyMoment(subject, moment.change(), moment.layout());
        });
  }

  // ---- deletes

  @TestFactory
  Stream<DynamicTest> noDeleteIsLostWhateverTheCut() {
    return each(
        subject -> isWithDeletes(subject) ? layouts(subject).toList() : List.of(),
        DeleteChecks::noneIsLostWhateverTheCut);
  }

  @TestFactory
  Stream<DynamicTest> quietRunOfDeletesCostsNothing() {
    return each(
        subject ->
            isWithDeletes(subject)
                ? List.of(CursorLayout.acrossBorders(subject.standIn().resolution()))
                : List.of(),
        (subject, layout) -> {
          subject.standIn().replaceAll(layout.rows());
          DeleteChecks.quietRunCostsNothing(subject, layout);
        });
  }

  @TestFactory
  Stream<DynamicTest> restOfDeletesArrivesFromEveryOffset() {
    return each(
        subject -> isWithDeletes(subject) ? layouts(subject).toList() : List.of(),
        (subject, layout) -> {
          subject.standIn().replaceAll(layout.rows());
          DeleteChecks.restArrivesFromEveryOffset(subject, layout);
        });
  }

  @TestFactory
  Stream<DynamicTest> outageInDeletesIsSaidAndMadeGood() {
    return each(
        subject -> isWithDeletes(subject) ? FailureChecks.outages() : List.of(),
        DeleteChecks::outageIsSaidAndMadeGood);
  }

  @TestFactory
  Stream<DynamicTest> deletedRestoredDeletedIsDeleted() {
    return each(
        subject -> isWithDeletes(subject) ? List.of("") : List.of(),
        (subject, none) -> DeleteChecks.deletedRestoredDeletedIsDeleted(subject));
  }

  // ---- a source that fails

  @TestFactory
  Stream<DynamicTest> outageIsSaidAndMadeGood() {
    return each(
        subject -> FailureChecks.outages(),
        (subject, outage) -> {
          assume(subject.standIn().pageSizes());
          FailureChecks.outageIsSaidAndMadeGood(subject, filled(subject), outage);
        });
  }

  @TestFactory
  Stream<DynamicTest> passingFaultIsSurvived() {
    return each(
        subject -> FailureChecks.passing(),
        (subject, outage) ->
            FailureChecks.passingFaultIsSurvived(subject, filled(subject), outage));
  }

  @TestFactory
  Stream<DynamicTest> waitBeyondTheDeadlineIsHandedOn() {
    return each(
        subject -> List.of(429, 503),
        (subject, status) -> FailureChecks.longWaitIsHandedOn(subject, filled(subject), status));
  }

  @TestFactory
  Stream<DynamicTest> repeatedPageIsRefused() {
    return tables(
        subject -> {
          assume(subject.standIn().pageSizes());
          FailureChecks.repeatedPageIsRefused(subject);
        });
  }

  @TestFactory
  Stream<DynamicTest> secretsStaySecret() {
    return tables(subject -> FailureChecks.secretsStaySecret(subject, filled(subject)));
  }

  // ---- how checks are spread over tables

  private record Variant(CursorLayout layout, String lookback) {
    @Override
    public String toString() {
      return layout + ", " + lookback;
    }
  }

  private record Moment(Change change, CursorLayout layout) {
    @Override
    public String toString() {
      return change + ", " + layout;
    }
  }

  private static Stream<CursorLayout> layouts(Subject subject) {
    return isIncremental(subject)
        ? CursorLayout.all(subject.standIn().resolution()).stream()
        : Stream.of(CursorLayout.allDistinct(subject.standIn().resolution()));
  }

  private static List<Moment> moments(Subject subject) {
    return Arrays.stream(Change.values())
        .flatMap(
            change ->
                change.layouts(subject.standIn().resolution()).stream()
                    .limit(isIncremental(subject) ? Long.MAX_VALUE : 1)
                    .map(layout -> new Moment(change, layout)))
        .toList();
  }

  private static boolean isIncremental(Subject subject) {
    return subject.type() != IngestionType.SNAPSHOT;
  }

  private static boolean isWithDeletes(Subject subject) {
    return subject.type() == IngestionType.CDC_WITH_DELETES;
  }

  private static CursorLayout filled(Subject subject) {
    CursorLayout layout = CursorLayout.acrossBorders(subject.standIn().resolution());
    subject.standIn().replaceAll(layout.rows());
    return layout;
  }

  private static void assume(Ability ability) {
    if (ability instanceof Ability.No(String reason)) {
      Assumptions.abort(reason);
    }
  }

  private Stream<DynamicTest> once(Consumer<Subject> check) {
    return tables(check).limit(1);
  }

  private Stream<DynamicTest> tables(Consumer<Subject> check) {
    return each(subject -> List.of(""), (subject, none) -> check.accept(subject));
  }

  private Stream<DynamicTest> incremental(Consumer<Subject> check) {
    return each(
        subject -> isIncremental(subject) ? List.of("") : List.of(),
        (subject, none) -> check.accept(subject));
  }

  private Stream<DynamicTest> unchanged(Consumer<Subject> check) {
    return each(
        subject -> isIncremental(subject) ? List.of() : List.of(""),
        (subject, none) -> {
          UnchangedChecks.obstacle(subject).ifPresent(Assumptions::abort);
          check.accept(subject);
        });
  }

  private Stream<DynamicTest> layouts(BiConsumer<Subject, CursorLayout> check) {
    return each(
        subject -> layouts(subject).toList(),
        (subject, layout) -> {
          subject.standIn().replaceAll(layout.rows());
          check.accept(subject, layout);
        });
  }

  /** One test for every table and every variant of the check that the table has. */
  private <V> Stream<DynamicTest> each(
      Function<Subject, List<V>> variants, BiConsumer<Subject, V> check) {
    try (StandIn source = standIn()) {
      return source.tables().stream()
          .flatMap(
              table ->
                  variants.apply(Subject.of(connector(), source, table)).stream()
                      .map(variant -> test(table.name(), variant, check)))
          .toList()
          .stream();
    }
  }

  private <V> DynamicTest test(String table, V variant, BiConsumer<Subject, V> check) {
    String name = variant.toString().isEmpty() ? table : table + ", " + variant;
    return dynamicTest(
        name,
        () -> {
          try {
            assertTimeoutPreemptively(TIME_LIMIT, () -> run(table, variant, check), name);
          } catch (AssertionError | ConnectorException e) {
            // Not every report shows the names of dynamic tests.
            throw new AssertionError("[" + name + "] " + e.getMessage(), e);
          }
        });
  }

  private <V> void run(String name, V variant, BiConsumer<Subject, V> check) {
    try (StandIn source = standIn()) {
      StandInTable table =
          source.tables().stream()
              .filter(candidate -> candidate.name().equals(name))
              .findFirst()
              .orElseThrow();
      check.accept(Subject.of(connector(), source, table), variant);
    }
  }
}
