package dev.sluice.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lake.Compression;
import dev.sluice.runtime.report.Outcome;
import dev.sluice.runtime.report.TableReport;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorProvider;
import dev.sluice.spi.DataType.Primitive;
import dev.sluice.spi.Field;
import dev.sluice.spi.Offset;
import dev.sluice.spi.PrimaryKey;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.Schema;
import dev.sluice.spi.SourceConnector;
import dev.sluice.spi.SourceRecord;
import dev.sluice.spi.Table;
import dev.sluice.spi.TableMetadata;
import dev.sluice.spi.TableSpec;
import dev.sluice.testkit.FixedProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reads that do not come to their end, and have said on the way where they could have stopped. */
class MarksTest {
  private static final int RECORDS = 10;

  @TempDir Path root;
  private IntConsumer before = id -> {};
  private int reads;

  /** Reads ten records in one microbatch, and marks every other one. */
  private final class Source implements SourceConnector {
    @Override
    public List<String> listTables() {
      return List.of("cdc", "snapshot");
    }

    @Override
    public Schema schema(Table table) {
      return Schema.of(Field.required("id", Primitive.LONG));
    }

    @Override
    public TableMetadata metadata(Table table) {
      return table.name().equals("cdc")
          ? TableMetadata.cdc(PrimaryKey.of("id"), "id")
          : TableMetadata.snapshot(PrimaryKey.of("id"));
    }

    @Override
    public Offset readTable(Table table, Offset start, RecordEmitter out) {
      reads++;
      int id = start.as(Place.class).map(Place::after).orElse(0) + 1;
      if (id > RECORDS) {
        return start;
      }
      for (; id <= RECORDS; id++) {
        before.accept(id);
        out.emit(SourceRecord.of("{\"id\":%d}".formatted(id)));
        if (id % 2 == 0) {
          out.mark(Offset.of(new Place(id)));
        }
        out.wantsMore();
      }
      return Offset.of(new Place(RECORDS));
    }
  }

  private record Place(int after) {}

  private ConnectorProvider provider() {
    return new FixedProvider(
        "marking",
        List.of(TableSpec.toldBySource("cdc"), TableSpec.toldBySource("snapshot")),
        context -> new Source());
  }

  private static List<String> ids(int last) {
    return IntStream.rangeClosed(1, last).mapToObj("{\"id\":%d}"::formatted).toList();
  }

  /** Fails once five records were emitted, of which four were marked. */
  private void fails(RuntimeException failure) {
    before =
        id -> {
          if (id == 6) {
            throw failure;
          }
        };
  }

  @Test
  void whatWasMarkedIsCommittedAndTheNextReadMeetsTheFailure() {
    var site = new Site(root);
    fails(ConnectorException.transientFailure("503"));

    TableReport report = site.run(provider(), Site.table("cdc"));

    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.after().sequence()).isEqualTo(1);
    assertThat(report.after().offset()).isEqualTo(Offset.parse("{\"after\":4}"));
    assertThat(reads).isEqualTo(2);
    assertThat(site.published("cdc")).isEqualTo(ids(4));
    before = id -> {};
    site.run(provider(), Site.table("cdc"));
    assertThat(site.published("cdc")).isEqualTo(ids(RECORDS));
  }

  @Test
  void readThatGoesOnAfterARequestToStopIsCut() {
    var site = new Site(root);
    before =
        id -> {
          if (id == 6) {
            site.cancellation.request();
          }
          site.now = site.now.plusSeconds(1);
        };

    TableReport report = site.run(provider(), Site.table("cdc"));

    assertThat(report.outcome()).isEqualTo(Outcome.OUT_OF_TIME);
    assertThat(site.published("cdc")).isEqualTo(ids(6));
  }

  @Test
  void sourceThatAsksToWaitIsNotAskedAgain() {
    var site = new Site(root);
    fails(ConnectorException.rateLimited("429", Site.NOW.plusSeconds(7_200)));

    TableReport report = site.run(provider(), Site.table("cdc"));

    assertThat(report.outcome()).isEqualTo(Outcome.RATE_LIMITED);
    assertThat(report.records()).isEqualTo(4);
    assertThat(reads).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void snapshotThatWasCutHasTheContentOfOneThatWasNot(Compression compression) {
    var site = new Site(root).with(compression);
    boolean[] failed = {false};
    before =
        id -> {
          if (id == 6 && !failed[0]) {
            failed[0] = true;
            throw ConnectorException.transientFailure("503");
          }
        };

    TableReport cut = site.run(provider(), Site.table("snapshot"));
    TableReport whole = site.run(provider(), Site.table("snapshot"));

    assertThat(cut.batches()).isEqualTo(2);
    assertThat(whole.outcome()).isEqualTo(Outcome.CAUGHT_UP);
    assertThat(site.current("snapshot")).as("the same content is not shown again").isEqualTo(1);
  }
}
