package dev.sluice.testkit;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.sluice.spi.ConnectorProvider;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Everything that a connector must do. Its test class extends this one and has two methods: one
 * names the connector, one opens its {@link StandIn}.
 *
 * <p>Every check runs for every table, in combinations of layouts, lookbacks, page sizes and caps
 * that a {@link Sampling} chooses, from simple to complex and each against a stand-in of its own. A
 * check that fails reports the simplest combination that does. A check that a source cannot have is
 * skipped with the reason that the stand-in gives.
 */
@Tag("kit")
public abstract class ConnectorContract {

  protected abstract ConnectorProvider connector();

  /** Opens a new one, which the caller closes. */
  protected abstract StandIn standIn();

  /**
   * Says which combinations run for a connector of so many tables; what the system properties say
   * unless overridden.
   */
  protected Sampling sampling(int tables) {
    return Sampling.chosen(tables);
  }

  @Nested
  @DisplayName("Description: what the connector says of itself")
  class Description {

    @TestFactory
    Stream<DynamicTest> listsEveryTableOnce() {
      return tables(DescriptionChecks::listsEveryTableOnce).limit(1);
    }

    @TestFactory
    Stream<DynamicTest> refusesUnknownTables() {
      return tables(DescriptionChecks::refusesUnknownTables).limit(1);
    }

    @TestFactory
    Stream<DynamicTest> refusesUnknownAndMissingConnectionOptions() {
      return tables(DescriptionChecks::refusesUnknownConnectionOptions).limit(1);
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
  }

  @Nested
  @DisplayName("Reads: a source at rest")
  class Reads {

    @TestFactory
    Stream<DynamicTest> everyCapAndPageSizeDeliversTheSameRecords() {
      return each(ReadChecks::cuts, ReadChecks::sameRecordsWhateverTheCut);
    }

    @TestFactory
    Stream<DynamicTest> restArrivesFromEveryOffset() {
      return each(
          ReadChecks::resumptions,
          (subject, each) -> ReadChecks.restArrivesFromEveryOffset(subject, each, sampling(1)));
    }

    @TestFactory
    Stream<DynamicTest> everyOptionIsObeyedInMidPassOrRefused() {
      return tables(OptionChecks::everyOptionIsObeyedInMidPassOrRefused);
    }

    @TestFactory
    Stream<DynamicTest> manyTiesFitAnOffset() {
      return tables(ReadChecks::manyTiesFitAnOffset);
    }

    @TestFactory
    Stream<DynamicTest> readEndsAlthoughRecordsLieAhead() {
      return each(
          Subject::isIncremental, ReadChecks::beginnings, ReadChecks::endsAlthoughRecordsLieAhead);
    }

    @TestFactory
    Stream<DynamicTest> emptySourceIsNoFailureAndFills() {
      return tables(ReadChecks::emptySourceFills);
    }

    @TestFactory
    Stream<DynamicTest> earlierOffsetsAreReadable() {
      return tables(ReadChecks::earlierOffsetsAreReadable);
    }
  }

  @Nested
  @DisplayName("Time: one run after another")
  class Time {

    @TestFactory
    Stream<DynamicTest> quietRunCostsNothing() {
      return each(Subject::isIncremental, TimeChecks::lookbacks, TimeChecks::quietRunCostsNothing);
    }

    @TestFactory
    Stream<DynamicTest> recordOfTheInstantOfTheLastRunArrives() {
      return each(
          Subject::isIncremental,
          subject -> TimeChecks.caps(1),
          TimeChecks::recordOfTheSameInstantArrives);
    }

    @TestFactory
    Stream<DynamicTest> recordOfTheSourcesPresentArrivesWhateverOurClockShows() {
      return each(
          Subject::isIncremental,
          subject -> TimeChecks.caps(),
          TimeChecks::recordOfTheSourcesPresentArrives);
    }

    @TestFactory
    Stream<DynamicTest> lateRecordInsideTheLookbackArrives() {
      return each(
          Subject::isIncremental,
          TimeChecks::lateRecords,
          (subject, each) -> {
            assume(subject.standIn().lookback());
            TimeChecks.lateRecordArrives(subject, each);
          });
    }

    @TestFactory
    Stream<DynamicTest> recordOfTheFarFutureDoesNotStopTheTable() {
      return each(
          Subject::isIncremental,
          subject -> TimeChecks.caps(2, 1),
          TimeChecks::farFutureDoesNotStopTheTable);
    }
  }

  @Nested
  @DisplayName("Changes: a source that changes between runs and while it is read")
  class Changes {

    @TestFactory
    Stream<DynamicTest> changesBetweenRunsArrive() {
      return each(subject -> TimeChecks.caps(1), ChangeChecks::changesBetweenRunsArrive);
    }

    @TestFactory
    Stream<DynamicTest> nothingIsLostWhenTheSourceChangesWhileItIsRead() {
      var requests = new Requests();
      return Stream.concat(
          each(
              ChangeChecks::moments,
              (subject, each) -> {
                assume(subject.standIn().pageSizes());
                ChangeChecks.nothingIsLostAtAnyMoment(subject, each, requests);
              }),
          impossible());
    }

    /** One skipped test, with the reason, for every change that a table cannot have. */
    private Stream<DynamicTest> impossible() {
      try (StandIn source = standIn()) {
        return source.tables().stream()
            .flatMap(
                table ->
                    Arrays.stream(Change.values())
                        .flatMap(
                            change ->
                                change.obstacle(table).stream()
                                    .map(
                                        reason ->
                                            dynamicTest(
                                                table.name() + ", " + change,
                                                () -> Assumptions.abort(reason)))))
            .toList()
            .stream();
      }
    }
  }

  @Nested
  @DisplayName("Deletes: the second flow of a table")
  class Deletes {

    @TestFactory
    Stream<DynamicTest> noDeleteIsLostWhateverTheCut() {
      return each(
          Subject::isWithDeletes, DeleteChecks::cuts, DeleteChecks::noneIsLostWhateverTheCut);
    }

    @TestFactory
    Stream<DynamicTest> quietRunOfDeletesCostsNothing() {
      return once(Subject::isWithDeletes, DeleteChecks::quietRunCostsNothing);
    }

    @TestFactory
    Stream<DynamicTest> restOfDeletesArrivesFromEveryOffset() {
      return each(
          Subject::isWithDeletes, DeleteChecks::layouts, DeleteChecks::restArrivesFromEveryOffset);
    }

    @TestFactory
    Stream<DynamicTest> outageInDeletesIsSaidAndMadeGood() {
      var requests = new Requests();
      return each(
          Subject::isWithDeletes,
          DeleteChecks::outages,
          (subject, each) -> DeleteChecks.outageIsSaidAndMadeGood(subject, each, requests));
    }

    @TestFactory
    Stream<DynamicTest> deletedRestoredDeletedIsDeleted() {
      return once(Subject::isWithDeletes, DeleteChecks::deletedRestoredDeletedIsDeleted);
    }
  }

  @Nested
  @DisplayName("Failures: a source that fails")
  class Failures {

    @TestFactory
    Stream<DynamicTest> outageIsSaidAndMadeGood() {
      var requests = new Requests();
      return each(
          FailureChecks::outages,
          (subject, each) -> {
            assume(subject.standIn().pageSizes());
            FailureChecks.outageIsSaidAndMadeGood(subject, each, requests);
          });
    }

    @TestFactory
    Stream<DynamicTest> passingFaultIsSurvived() {
      var requests = new Requests();
      return each(
          FailureChecks::passingFaults,
          (subject, each) -> FailureChecks.passingFaultIsSurvived(subject, each, requests));
    }

    @TestFactory
    Stream<DynamicTest> waitBeyondTheDeadlineIsHandedOn() {
      return each(FailureChecks::busyStatuses, FailureChecks::longWaitIsHandedOn);
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
    Stream<DynamicTest> elementThatIsNoRecordIsRefused() {
      return tables(
          subject -> {
            assume(subject.standIn().pageSizes());
            FailureChecks.elementThatIsNoRecordIsRefused(subject);
          });
    }

    @TestFactory
    Stream<DynamicTest> totalThatIsNotReachedIsSaid() {
      return tables(
          subject -> {
            assume(subject.standIn().pageSizes());
            assume(subject.standIn().totals());
            FailureChecks.totalThatIsNotReachedIsSaid(subject);
          });
    }

    @TestFactory
    Stream<DynamicTest> secretsStaySecret() {
      return tables(FailureChecks::secretsStaySecret);
    }
  }

  @Nested
  @DisplayName("Unchanged: a source that need not be read again")
  class Unchanged {

    @TestFactory
    Stream<DynamicTest> unchangedSnapshotIsKnownWithoutReading() {
      return snapshots(UnchangedChecks::cuts, UnchangedChecks::unchangedIsKnownWithoutReading);
    }

    @TestFactory
    Stream<DynamicTest> changedSnapshotIsNotTakenForUnchanged() {
      return snapshots(UnchangedChecks::changes, UnchangedChecks::anyChangeIsNoticed);
    }

    @TestFactory
    Stream<DynamicTest> outageIsNotTakenForUnchanged() {
      return snapshots(UnchangedChecks::outages, UnchangedChecks::outageIsNotTakenForUnchanged);
    }

    @TestFactory
    Stream<DynamicTest> offsetThatTellsNothingIsNotTakenForUnchanged() {
      return snapshots(
          subject -> Grid.ONE,
          (subject, each) -> UnchangedChecks.offsetThatTellsNothingIsInDoubt(subject));
    }

    private Stream<DynamicTest> snapshots(Function<Subject, Grid> grid, Check check) {
      return each(
          subject -> !subject.isIncremental(),
          grid,
          (subject, each) -> {
            UnchangedChecks.obstacle(subject).ifPresent(Assumptions::abort);
            check.examine(subject, each);
          });
    }
  }

  /** Examines a connector against a table in one combination; throws when it fails. */
  private interface Check {
    void examine(Subject subject, Case each);
  }

  private static void assume(Ability ability) {
    if (ability instanceof Ability.No(String reason)) {
      Assumptions.abort(reason);
    }
  }

  private Stream<DynamicTest> tables(Consumer<Subject> check) {
    return once(subject -> true, check);
  }

  private Stream<DynamicTest> once(Predicate<Subject> concerned, Consumer<Subject> check) {
    return each(concerned, subject -> Grid.ONE, (subject, each) -> check.accept(subject));
  }

  private Stream<DynamicTest> each(Function<Subject, Grid> grid, Check check) {
    return each(subject -> true, grid, check);
  }

  /** One test for every table that is concerned, which runs the combinations of the grid. */
  private Stream<DynamicTest> each(
      Predicate<Subject> concerned, Function<Subject, Grid> grid, Check check) {
    try (StandIn source = standIn()) {
      Sampling sampling = sampling(source.tables().size());
      return source.tables().stream()
          .map(table -> Subject.of(connector(), source, table))
          .filter(concerned)
          .map(subject -> test(subject, grid.apply(subject), sampling, check))
          .toList()
          .stream();
    }
  }

  private DynamicTest test(Subject subject, Grid grid, Sampling sampling, Check check) {
    String table = subject.standIn().name();
    return dynamicTest(
        table,
        new Examination(
                subject.provider().name(),
                table,
                grid,
                sampling,
                each -> {
                  try (StandIn source = standIn()) {
                    check.examine(subject.in(source), each);
                  }
                })
            ::run);
  }
}
