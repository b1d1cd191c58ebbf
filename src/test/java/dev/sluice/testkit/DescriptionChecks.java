package dev.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.DetectsUnchanged;
import dev.sluice.spi.IngestionType;
import dev.sluice.spi.Offset;
import dev.sluice.spi.Option;
import dev.sluice.spi.Options;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.Schema;
import dev.sluice.spi.SourceConnector;
import dev.sluice.spi.SourceRecord;
import dev.sluice.spi.SupportsDeletes;
import dev.sluice.spi.Table;
import dev.sluice.spi.TableMetadata;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a connector says of itself, and whether its records are so. */
final class DescriptionChecks {
  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");
  private static final String NO_SUCH = "no_such_thing";

  private DescriptionChecks() {}

  static void listsEveryTableOnce(Subject subject) {
    int before = subject.source().wire().requests();
    try (SourceConnector connector = subject.connect(NOW)) {
      assertThat(subject.source().wire().requests())
          .as("requests made by the creation of a connector")
          .isEqualTo(before);
      List<String> tables = connector.listTables();

      assertThat(tables).isNotEmpty().doesNotHaveDuplicates().noneMatch(String::isBlank);
      assertThat(tables)
          .as("tables of the connector, each with a table of the stand-in")
          .containsExactlyInAnyOrderElementsOf(
              subject.source().tables().stream().map(StandInTable::name).toList());
      assertThat(connector.listTables()).as("a second call").isEqualTo(tables);
      assertThat(tables)
          .as("tables of the connector, each declared by the provider")
          .allMatch(table -> subject.provider().table(table).isPresent());
    }
  }

  static void refusesUnknownTables(Subject subject) {
    try (SourceConnector connector = subject.connect(NOW)) {
      Table unknown = Table.named(NO_SUCH);
      List<String> tables = connector.listTables();
      refuses("schema", () -> connector.schema(unknown), NO_SUCH, tables);
      refuses("metadata", () -> connector.metadata(unknown), NO_SUCH, tables);
      refuses(
          "readTable",
          () -> connector.readTable(unknown, Offset.START, new Nothing()),
          NO_SUCH,
          tables);
      if (connector instanceof DetectsUnchanged detecting) {
        refuses("isUnchanged", () -> detecting.isUnchanged(unknown, Offset.START), NO_SUCH, tables);
      }
      if (connector instanceof SupportsDeletes deletes) {
        refuses(
            "readTableDeletes",
            () -> deletes.readTableDeletes(unknown, Offset.START, new Nothing()),
            NO_SUCH,
            tables);
      }
    }
  }

  static void refusesUnknownConnectionOptions(Subject subject) {
    Options unknown = subject.source().connection().with(NO_SUCH, "1");
    refuses("creation", () -> subject.connect(NOW, unknown).close(), NO_SUCH, List.of());
    List<String> required =
        subject.provider().connectionOptions().stream()
            .filter(Option::isRequired)
            .map(Option::name)
            .toList();
    if (!required.isEmpty()) {
      String message =
          said(
              refusal(
                  "creation without options", () -> subject.connect(NOW, Options.NONE).close()));
      assertThat(required).as("named in: %s", message).anyMatch(message::contains);
    }
  }

  static void refusesUnknownTableOptions(Subject subject) {
    Options options = subject.standIn().options();
    Table unknown = subject.table().with(options.with(NO_SUCH, "1"));
    refuses("reading", () -> read(subject, unknown), NO_SUCH, List.of());
    try {
      read(subject, Table.named(subject.standIn().name()));
    } catch (ConnectorException e) {
      List<String> known = subject.spec().options().stream().map(Option::name).toList();
      assertThat(e.kind()).isEqualTo(ConnectorException.Kind.CONFIGURATION);
      assertThat(known).as("named in: %s", said(e)).anyMatch(said(e)::contains);
    }
  }

  private static void read(Subject subject, Table table) {
    subject.checkOptions(table);
    try (SourceConnector connector = subject.connect(NOW)) {
      connector.readTable(table, Offset.START, new Nothing());
    }
  }

  private static void refuses(String what, Runnable call, String name, List<String> known) {
    assertThat(said(refusal(what, call)))
        .as("%s names what it refuses and what there is", what)
        .contains(name)
        .satisfies(message -> assertThat(known).allMatch(message::contains));
  }

  private static String said(ConnectorException refusal) {
    return String.valueOf(refusal.getMessage());
  }

  private static ConnectorException refusal(String what, Runnable call) {
    var refusal = catchThrowableOfType(ConnectorException.class, call::run);
    assertThat(refusal).as("%s must refuse", what).isNotNull();
    assertThat(refusal.kind()).as(what).isEqualTo(ConnectorException.Kind.CONFIGURATION);
    return refusal;
  }

  static void describesTheTableTheSameWayTwice(Subject subject) {
    try (SourceConnector one = subject.connect(NOW);
        SourceConnector other = subject.connect(NOW)) {
      Schema schema = one.schema(subject.table());
      TableMetadata metadata = one.metadata(subject.table());

      assertThat(one.schema(subject.table())).isEqualTo(schema);
      assertThat(other.schema(subject.table())).isEqualTo(schema);
      assertThat(one.metadata(subject.table())).isEqualTo(metadata);
      assertThat(other.metadata(subject.table())).isEqualTo(metadata);
      assertThat(Schema.parse(schema.json())).as("read back").isEqualTo(schema);
      assertThat(schema.fields()).isNotEmpty();
      assertThat(subject.spec())
          .as("the provider's spec, of %s", metadata)
          .matches(spec -> spec.admits(metadata));
      subject.spec().columns().ifPresent(told -> assertThat(told.get()).isEqualTo(schema));
      assertThat(metadata.primaryKeys()).allMatch(schema::has, "are in the schema");
      assertThat(metadata.cursorField()).matches(field -> field.map(schema::has).orElse(true));
      if (metadata.type() == IngestionType.CDC_WITH_DELETES) {
        assertThat(one).as("for cdc_with_deletes").isInstanceOf(SupportsDeletes.class);
      } else if (one instanceof SupportsDeletes deletes) {
        refuses(
            "readTableDeletes of a table that tells of none",
            () -> deletes.readTableDeletes(subject.table(), Offset.START, new Nothing()),
            subject.standIn().name(),
            List.of());
      }
    }
  }

  static void recordsFitTheSchema(Subject subject) {
    CursorLayout layout = CursorLayout.allDistinct(subject.standIn().resolution());
    subject.standIn().replaceAll(layout.rows());
    Reader reader = Reader.of(subject, subject.startedAfter(layout));
    TableMetadata metadata = subject.metadata();
    Fit fit = new Fit(schema(subject));

    List<SourceRecord> records = reader.read(Offset.START).records();

    assertThat(records).as("records of a filled source").isNotEmpty();
    var mandatory = new TreeSet<>(metadata.primaryKeys());
    metadata.cursorField().ifPresent(mandatory::add);
    assertThat(fit.problems(records, mandatory)).isEmpty();
    assertThat(keys(records, metadata.primaryKeys()))
        .as("primary keys %s", metadata.primaryKeys())
        .hasSize(metadata.primaryKeys().isEmpty() ? 0 : subject.standIn().truth().size());
    if (metadata.type() == IngestionType.CDC_WITH_DELETES) {
      tombstonesFit(subject, layout, mandatory);
    }
  }

  private static Set<String> keys(List<SourceRecord> records, List<String> fields) {
    Set<String> keys = new TreeSet<>();
    if (!fields.isEmpty()) {
      records.forEach(record -> keys.add(Sink.id(record.tree(), fields)));
    }
    return keys;
  }

  private static void tombstonesFit(Subject subject, CursorLayout layout, Set<String> mandatory) {
    Instant startedAt = subject.startedAfter(layout);
    subject.standIn().delete(layout.rows().getFirst().key(), subject.stamp(startedAt));

    Run run =
        Reader.of(subject, startedAt.plus(Subject.BUDGET)).attempt(Flow.DELETES, Offset.START);

    assertThat(run.failure()).isEmpty();
    assertThat(run.records()).as("tombstones").hasSize(1);
    assertThat(new Fit(new Schema(List.of())).problems(run.records(), mandatory)).isEmpty();
  }

  static void everyColumnIsFilledSomewhere(Subject subject) {
    CursorLayout layout = CursorLayout.allDistinct(subject.standIn().resolution());
    subject.standIn().replaceAll(layout.rows());
    List<JsonNode> records =
        Reader.of(subject, subject.startedAfter(layout)).read(Offset.START).records().stream()
            .map(SourceRecord::tree)
            .toList();
    var empty = new TreeSet<>(new Fit(schema(subject)).emptyColumns(records));
    var excused = subject.standIn().alwaysNull().keySet();

    var unexplained = new ArrayList<>(empty);
    unexplained.removeIf(column -> excused.stream().anyMatch(path -> covers(path, column)));
    var needless = new ArrayList<>(excused);
    needless.removeAll(empty);
    assertThat(unexplained).as("columns that are null in every record").isEmpty();
    assertThat(needless).as("columns said to be null that are not").isEmpty();
  }

  /** Below a column that is null, everything is. */
  private static boolean covers(String path, String column) {
    return column.equals(path) || column.startsWith(path + ".");
  }

  private static Schema schema(Subject subject) {
    try (SourceConnector connector = subject.connect(NOW)) {
      return connector.schema(subject.table());
    }
  }

  /** Has room for records and does not look at them. */
  private static final class Nothing implements RecordEmitter {
    @Override
    public void emit(SourceRecord record) {}

    @Override
    public boolean wantsMore() {
      return true;
    }
  }
}
