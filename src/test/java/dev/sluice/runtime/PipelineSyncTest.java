package dev.sluice.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.rest.OffsetProgress;
import dev.sluice.runtime.checkpoint.Checkpoint;
import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.runtime.report.InvocationReport;
import dev.sluice.runtime.report.Outcome;
import dev.sluice.runtime.report.PipelineTable;
import dev.sluice.runtime.report.Progress;
import dev.sluice.runtime.report.SyncListener;
import dev.sluice.runtime.report.TableError;
import dev.sluice.runtime.report.TableReport;
import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorProvider;
import dev.sluice.spi.Offset;
import dev.sluice.spi.Option;
import dev.sluice.spi.PrimaryKey;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.Schema;
import dev.sluice.spi.SourceConnector;
import dev.sluice.spi.SourceRecord;
import dev.sluice.spi.Table;
import dev.sluice.spi.TableMetadata;
import dev.sluice.spi.TableSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineSyncTest {
  @TempDir Path root;

  @Test
  void everythingIsBroughtOnceAndAQuietRunBringsNothing() {
    var site = new Site(root);
    Ledger ledger = Ledger.of(25);

    TableReport first = site.run(ledger, Site.table("append"));
    TableReport second = site.run(ledger, Site.table("append"));

    assertThat(first.outcome()).isEqualTo(Outcome.CAUGHT_UP);
    assertThat(first.records()).isEqualTo(25);
    assertThat(first.requests()).isEqualTo(4);
    assertThat(first.bytes()).isPositive();
    assertThat(first.before()).isEqualTo(Checkpoint.START);
    assertThat(first.after().withoutReading())
        .isEqualTo(new Checkpoint(1, 1, Offset.parse("{\"after\": 25}")));
    assertThat(second.outcome()).isEqualTo(Outcome.CAUGHT_UP);
    assertThat(second.records()).isZero();
    assertThat(second.batches()).isZero();
    assertThat(second.requests()).isEqualTo(1);
    assertThat(second.after()).isEqualTo(first.after());
    assertThat(site.published("append")).isEqualTo(ledger.lines());
  }

  @Test
  void recordCapEndsMicrobatches() {
    var site = new Site(root);

    TableReport report = site.run(Ledger.of(25), Site.table("cdc", "max_records_per_batch", "11"));

    assertThat(report.batches()).isEqualTo(2);
    assertThat(site.keys("cdc", Flow.DATA, 1))
        .containsExactly(
            "books/cdc/data/g=000001/00000000000000000001.jsonl",
            "books/cdc/data/g=000001/00000000000000000002.jsonl");
  }

  @Test
  void emptyWindowMovesTheOffsetAndWritesNoObject() {
    var site = new Site(root);
    Ledger ledger = Ledger.of(40);
    ledger.oneWindowPerRead = true;
    for (int id = 11; id <= 30; id++) {
      ledger.entries.remove(id);
    }

    TableReport report = site.run(ledger, Site.table("append"));

    assertThat(report.batches()).isEqualTo(2);
    assertThat(report.after().withoutReading())
        .isEqualTo(new Checkpoint(1, 2, Offset.parse("{\"after\": 40}")));
    assertThat(site.published("append")).isEqualTo(ledger.lines());
  }

  @Test
  void emissionWithAnUnchangedOffsetIsDropped() {
    var site = new Site(root);
    Ledger ledger = Ledger.of(5);
    ledger.quietEmission = true;

    site.run(ledger, Site.table("append"));
    TableReport report = site.run(ledger, Site.table("append"));

    assertThat(report.outcome()).isEqualTo(Outcome.CAUGHT_UP);
    assertThat(site.published("append")).isEqualTo(ledger.lines());
  }

  @Test
  void deletesAreAFlowOfTheirOwn() {
    var site = new Site(root);
    Ledger ledger = Ledger.of(5);
    ledger.tombstones.put(2, "{\"id\": 2}");

    TableReport first = site.run(ledger, Site.table("cdc_with_deletes"));
    ledger.tombstones.put(9, "{\"id\": 9}");
    TableReport second = site.run(ledger, Site.table("cdc_with_deletes"));

    assertThat(first.records()).isEqualTo(5);
    assertThat(first.deletes()).isEqualTo(1);
    assertThat(second.records()).isZero();
    assertThat(second.deletes()).isEqualTo(1);
    assertThat(site.lines("cdc_with_deletes", Flow.DELETES, 1))
        .containsExactly("{\"id\": 2}", "{\"id\": 9}");
  }

  @Test
  void spentBudgetEndsAfterTheCommitAndTheNextRunGoesOn() {
    var site = new Site(root);
    Ledger ledger = Ledger.of(30);
    ledger.beforeRead.put("append", start -> site.now = site.now.plus(Duration.ofMinutes(40)));
    var table = Site.table("append", "max_records_per_batch", "1");

    TableReport first = site.run(ledger, table);
    ledger.beforeRead.clear();
    TableReport second = site.run(ledger, table);

    assertThat(first.outcome()).isEqualTo(Outcome.OUT_OF_TIME);
    assertThat(first.records()).isEqualTo(20);
    assertThat(first.duration()).isEqualTo(Duration.ofMinutes(80));
    assertThat(second.outcome()).isEqualTo(Outcome.CAUGHT_UP);
    assertThat(second.records()).isEqualTo(10);
    assertThat(site.published("append")).isEqualTo(ledger.lines());
  }

  @Test
  void budgetSpentBeforeAnythingNewIsNotTheEndOfTheSource() {
    var site = new Site(root);
    Ledger ledger = Ledger.of(30);
    var table = Site.table("append", "max_records_per_batch", "1");
    site.run(ledger, table);
    site.state().reset(Site.destination("append"));
    ledger.pageWithoutNews = true;
    ledger.beforeRead.put("append", start -> site.now = site.now.plus(Duration.ofMinutes(40)));

    TableReport first = site.run(ledger, table);
    int shownHalfway = site.current("append");
    ledger.beforeRead.clear();
    TableReport second = site.run(ledger, table);

    assertThat(first.records()).isEqualTo(10);
    assertThat(first.outcome()).isEqualTo(Outcome.OUT_OF_TIME);
    assertThat(shownHalfway).isEqualTo(1);
    assertThat(second.outcome()).isEqualTo(Outcome.CAUGHT_UP);
    assertThat(site.current("append")).isEqualTo(2);
    assertThat(site.published("append")).isEqualTo(ledger.lines());
  }

  @Test
  void cancellationStopsAtTheNextCommitAndLeavesTheOtherTablesUntouched() {
    var site = new Site(root);
    Ledger ledger = Ledger.of(30);
    ledger.beforeRead.put("append", start -> site.cancellation.request());

    var reports = site.sync(ledger).run(List.of(Site.table("append"), Site.table("cdc"))).tables();

    assertThat(reports).extracting(TableReport::outcome).containsOnly(Outcome.OUT_OF_TIME);
    assertThat(reports).extracting(TableReport::records).containsExactly(10L, 0L);
    assertThat(site.checkpoints.load(Site.destination("cdc"), Flow.DATA)).isEmpty();
  }

  @Test
  void tableThatFailsDoesNotStopTheOthersAndKeepsItsOffset() {
    var site = new Site(root);
    Ledger ledger = Ledger.of(30);
    var table = Site.table("append", "max_records_per_batch", "1");
    ledger.beforeRead.put(
        "append",
        start -> {
          if (ledger.reads.get() == 2) {
            throw ConnectorException.transientFailure("HTTP 503");
          }
        });

    var reports =
        site.sync(ledger).run(List.of(table, Site.table("nothing"), Site.table("cdc"))).tables();

    assertThat(reports)
        .extracting(TableReport::outcome)
        .containsExactly(Outcome.FAILED, Outcome.FAILED, Outcome.CAUGHT_UP);
    assertThat(reports.get(0).error())
        .contains(new TableError(TableError.Kind.TRANSIENT, "HTTP 503"));
    assertThat(reports.get(0).after()).isEqualTo(site.checkpoint("append"));
    assertThat(reports.get(0).records()).isEqualTo(10);
    assertThat(reports.get(1).error().orElseThrow().kind())
        .isEqualTo(TableError.Kind.CONFIGURATION);
    assertThat(site.published("cdc")).isEqualTo(ledger.lines());
  }

  @Test
  void tableThatCannotEvenBeginReportsTheOffsetItHas() {
    var site = new Site(root);
    site.run(Ledger.of(5), Site.table("append"));
    var broken = new Scripted();
    broken.creation = Optional.of(ConnectorException.configuration("No token"));

    TableReport report = site.run(broken, Site.table("append"));

    assertThat(report.after()).isEqualTo(site.checkpoint("append"));
    assertThat(report.before()).isEqualTo(report.after());
  }

  @Test
  void rateLimitSaysWhenToGoOn() {
    var site = new Site(root);
    Ledger ledger = Ledger.of(30);
    Instant resumeAt = Site.NOW.plusSeconds(7200);
    ledger.beforeRead.put(
        "append",
        start -> {
          throw ConnectorException.rateLimited("Quota used up", resumeAt);
        });

    TableReport report = site.run(ledger, Site.table("append"));

    assertThat(report.outcome()).isEqualTo(Outcome.RATE_LIMITED);
    assertThat(report.resumeAt()).contains(resumeAt);
  }

  @Test
  void microbatchThatFailsTheSameWayThreeTimesIsStuck() {
    var site = new Site(root);
    Ledger ledger = Ledger.of(30);
    var table = Site.table("append", "max_records_per_batch", "1");
    ledger.beforeRead.put(
        "append",
        start -> {
          if (start.json().contains("10")) {
            throw ConnectorException.protocol("Record 17 is no JSON, at " + ledger.reads.get());
          }
        });

    var messages = new ArrayList<String>();
    for (int i = 0; i < 3; i++) {
      messages.add(site.run(ledger, table).error().orElseThrow().message());
    }

    assertThat(messages.subList(0, 2)).allMatch(message -> message.startsWith("Record 17"));
    assertThat(messages.get(2))
        .startsWith(
            "Stuck: the microbatch after number 1 of generation 1 failed the same way 3 times")
        .endsWith(
            "Other values of max_records_per_batch may help; './sluice state reset' reads the table"
                + " again from its beginning");
  }

  @Test
  void successInBetweenBeginsTheCountAgain() {
    var site = new Site(root);
    Ledger ledger = Ledger.of(5);
    var messages = new ArrayList<String>();
    site.run(ledger, Site.table("append"));

    for (int i = 0; i < 4; i++) {
      ledger.beforeRead.put(
          "append",
          start -> {
            throw ConnectorException.transientFailure("HTTP 503");
          });
      messages.add(site.run(ledger, Site.table("append")).error().orElseThrow().message());
      ledger.beforeRead.clear();
      site.run(ledger, Site.table("append"));
    }

    assertThat(messages).containsOnly("HTTP 503");
  }

  @Test
  void errorOfTheMachineLeavesTheOffsetAndEndsTheProcess() {
    var site = new Site(root);
    Ledger ledger = Ledger.of(30);
    ledger.beforeRead.put(
        "append",
        start -> {
          throw new OutOfMemoryError("Java heap space");
        });

    InvocationReport report =
        site.sync(ledger).run(List.of(Site.table("append"), Site.table("cdc")));

    assertThat(report.leavesProcessUsable()).isFalse();
    assertThat(report.tables())
        .extracting(TableReport::outcome)
        .containsExactly(Outcome.FAILED, Outcome.OUT_OF_TIME);
    assertThat(report.tables().getFirst().after().withoutReading()).isEqualTo(Checkpoint.START);
    assertThat(site.run(Ledger.of(30), Site.table("append")).records()).isEqualTo(30);
  }

  @Test
  void tableThatAnotherRunHoldsIsBusy() {
    var site = new Site(root);
    site.checkpoints.acquire(
        Site.destination("append"), "run-other", Site.NOW.plus(Duration.ofDays(36500)));

    TableReport report = site.run(Ledger.of(5), Site.table("append"));

    assertThat(report.outcome()).isEqualTo(Outcome.BUSY);
    assertThat(report.error().orElseThrow().message()).contains("run-other");
    assertThat(report.records()).isZero();
  }

  @Test
  void deletesNeedAConnectorThatReadsThem() {
    var site = new Site(root);

    TableReport report = site.run(new Scripted(), Site.table("cdc_with_deletes"));

    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.error().orElseThrow().kind()).isEqualTo(TableError.Kind.PROTOCOL);
    assertThat(report.error().orElseThrow().message()).contains("SupportsDeletes");
  }

  @Test
  void deletesThatCannotBeReadAnyMoreFailTheTable() throws Exception {
    var site = new Site(root);
    Ledger ledger = Ledger.of(5);
    ledger.tombstones.put(2, "{\"id\": 2}");
    site.run(ledger, Site.table("cdc_with_deletes"));
    var lacking = new Scripted();
    lacking.offsets = Map.of("{}", "{\"at\":1}");
    lacking.metadata =
        Optional.of(TableMetadata.cdc(PrimaryKey.of("id"), "id").lackingDeletes("No log"));

    TableReport report = site.run(lacking, Site.table("cdc_with_deletes"));
    String description = Files.readString(root.resolve("books/cdc_with_deletes/schema.json"));
    site.state().reset(Site.destination("cdc_with_deletes"));
    TableReport begunAgain = site.run(lacking, Site.table("cdc_with_deletes"));

    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.error().orElseThrow().kind()).isEqualTo(TableError.Kind.CONFIGURATION);
    assertThat(report.error().orElseThrow().message())
        .isEqualTo("Table books/cdc_with_deletes has read deletes, and cannot any more: No log");
    assertThat(description).contains("\"type\":\"cdc_with_deletes\"");
    assertThat(begunAgain.outcome()).isEqualTo(Outcome.CAUGHT_UP);
  }

  @Test
  void deletesThatWereNeverReadOrAreNotWantedAreNotMissed() {
    var site = new Site(root);
    Ledger ledger = Ledger.of(5);
    ledger.tombstones.put(2, "{\"id\": 2}");
    site.run(ledger, Site.table("cdc_with_deletes"));
    var scripted = new Scripted();
    TableMetadata cdc = TableMetadata.cdc(PrimaryKey.of("id"), "id");

    scripted.metadata = Optional.of(cdc);
    TableReport notWanted = site.run(scripted, Site.table("cdc_with_deletes"));
    scripted.metadata = Optional.of(cdc.lackingDeletes("No log"));
    TableReport neverRead = site.run(scripted, Site.table("cdc"));

    assertThat(notWanted.outcome()).isEqualTo(Outcome.CAUGHT_UP);
    assertThat(neverRead.outcome()).isEqualTo(Outcome.CAUGHT_UP);
  }

  @Test
  void connectorThatCannotBeMadeFailsEveryTable() {
    var site = new Site(root);
    var broken = new Scripted();
    broken.creation = Optional.of(ConnectorException.accessDenied("The token was refused"));

    var reports = site.sync(broken).run(List.of(Site.table("a"), Site.table("b"))).tables();

    assertThat(reports).extracting(TableReport::outcome).containsOnly(Outcome.FAILED);
    assertThat(reports)
        .extracting(report -> report.error().orElseThrow().kind())
        .containsOnly(TableError.Kind.ACCESS_DENIED);
  }

  @Test
  void schemaLiesBesideTheData() throws Exception {
    var site = new Site(root);
    var table =
        new PipelineTable(
            Table.named("cdc"), "books", Optional.of(PrimaryKey.of("isbn")), Optional.of("value"));

    site.run(Ledger.of(1), table);

    assertThat(Files.readString(root.resolve("books/books/schema.json")))
        .isEqualToIgnoringNewLines(
            "{\"schema\":{\"id\":\"long!\",\"value\":\"string\"},\"type\":\"cdc\",\"primary_keys\":[\"isbn\"],\"cursor_field\":\"value\"}");
  }

  @Test
  void reportHasTheWarningsOfItsTableEachOnceAndNotTooMany() {
    var site = new Site(root);
    Ledger ledger = Ledger.of(5);
    ledger.warnings = List.of("One is left out", "Two is left out", "One is left out");
    TableReport few = site.run(ledger, Site.table("append"));
    ledger.warnings = IntStream.range(0, 99).mapToObj(i -> i + " is left out").toList();
    TableReport many = site.run(ledger, Site.table("cdc"));
    ledger.warnings = List.of();
    TableReport none = site.run(ledger, Site.table("cdc"));

    assertThat(few.warnings()).containsExactly("One is left out", "Two is left out");
    assertThat(many.warnings()).hasSize(20);
    assertThat(none.warnings()).isEmpty();
  }

  @Test
  void reportIsTheContractOfScripts() throws Exception {
    var site = new Site(root);
    var source = new Scripted();
    source.offsets = Map.of("{}", "{\"cursor\":\"2026-05-01T11:59:00Z\",\"n\":1.50}");

    String json = site.sync(source).run(List.of(Site.table("append"))).json();

    var tree = new ObjectMapper().readTree(json);
    assertThat(json)
        .startsWith(
            "{\"pipeline\":\"books\",\"run_id\":\"run-1\",\"started_at\":\"2026-05-01T12:00:00Z\",\"tables\":[{\"table\":\"append\",\"as\":\"append\",\"outcome\":\"CAUGHT_UP\",\"records\":1,\"deletes\":0,")
        .contains(
            "\"offset_before\":{},\"offset_after\":{\"cursor\":\"2026-05-01T11:59:00Z\",\"n\":1.50},\"generation\":1,\"sequence\":1,");
    assertThat(tree.at("/tables/0/lag_seconds").intValue()).isZero();
    assertThat(tree.at("/tables/0/newest_record_age_seconds").intValue()).isEqualTo(60);
    assertThat(tree.at("/tables/0").fieldNames())
        .toIterable()
        .containsExactly(
            "table",
            "as",
            "outcome",
            "records",
            "deletes",
            "bytes",
            "batches",
            "requests",
            "retries",
            "offset_before",
            "offset_after",
            "generation",
            "sequence",
            "duration_ms",
            "lag_seconds",
            "newest_record_age_seconds",
            "warnings");
  }

  @Test
  void listenerIsToldHowItGoes() {
    var site = new Site(root);
    var told = new ArrayList<String>();
    site.listener =
        new SyncListener() {
          @Override
          public void tableStarted(PipelineTable table) {
            told.add("started " + table.as());
          }

          @Override
          public void progressed(Progress progress) {
            told.add(progress.records() + " records, " + progress.batches() + " batches");
          }

          @Override
          public void tableFinished(TableReport report) {
            told.add("finished " + report.as());
          }
        };

    site.run(Ledger.of(15), Site.table("append"));

    assertThat(told)
        .containsExactly(
            "started append", "10 records, 0 batches", "15 records, 1 batches", "finished append");
  }

  /** A source of one record that answers as it is told, and reads no deletes. */
  private static final class Scripted implements ConnectorProvider {
    Map<String, String> offsets = Map.of();
    Optional<ConnectorException> creation = Optional.empty();
    Optional<TableMetadata> metadata = Optional.empty();

    @Override
    public String name() {
      return "ledger"; // the same source later
    }

    @Override
    public String description() {
      return "Answers as it is told";
    }

    @Override
    public List<Option<?>> connectionOptions() {
      return List.of();
    }

    @Override
    public List<TableSpec> tables() {
      return Ledger.TABLES.keySet().stream().map(TableSpec::toldBySource).toList();
    }

    @Override
    public SourceConnector create(ConnectorContext context) {
      creation.ifPresent(
          failure -> {
            throw failure;
          });
      return new SourceConnector() {
        @Override
        public List<String> listTables() {
          return List.copyOf(Ledger.TABLES.keySet());
        }

        @Override
        public Schema schema(Table table) {
          return Schema.of();
        }

        @Override
        public TableMetadata metadata(Table table) {
          return metadata
              .or(() -> Optional.ofNullable(Ledger.TABLES.get(table.name())))
              .orElseThrow();
        }

        @Override
        public Reached reached(Table table, Offset offset) {
          return OffsetProgress.of(offset);
        }

        @Override
        public Offset readTable(Table table, Offset start, RecordEmitter out) {
          out.emit(SourceRecord.of("{\"id\": 1}"));
          return Offset.parse(offsets.getOrDefault(start.json(), start.json()));
        }
      };
    }
  }
}
