package dev.sluice.connectors.example;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.rest.ApiClient;
import dev.sluice.rest.OffsetProgress;
import dev.sluice.rest.auth.Auth;
import dev.sluice.rest.http.Request;
import dev.sluice.rest.page.Listing;
import dev.sluice.rest.page.Pagination;
import dev.sluice.rest.strategy.Incremental;
import dev.sluice.rest.strategy.Repetition;
import dev.sluice.rest.strategy.Snapshot;
import dev.sluice.rest.walk.TimeCursor;
import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.DataType;
import dev.sluice.spi.DataType.Primitive;
import dev.sluice.spi.Field;
import dev.sluice.spi.Offset;
import dev.sluice.spi.Options;
import dev.sluice.spi.PrimaryKey;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.Schema;
import dev.sluice.spi.SupportsDeletes;
import dev.sluice.spi.Table;
import dev.sluice.spi.TableMetadata;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the example API. A connector is little more than this: for each table a listing, a cursor
 * and the strategy that fits them.
 */
final class ExampleConnector implements SupportsDeletes {

  /**
   * Formats timestamps, which the source compares as text: always microseconds, always this offset.
   */
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx");

  private static final Duration MICROSECOND = Duration.ofNanos(1_000);

  private final ConnectorContext context;
  private final ApiClient api;

  ExampleConnector(ConnectorContext context) {
    var options = context.options();
    this.context = context;
    this.api =
        ApiClient.of(context, options.get(ExampleProvider.BASE_URL))
            .auth(
                Auth.basic(
                    options.get(ExampleProvider.USERNAME), options.get(ExampleProvider.PASSWORD)))
            .errorMessage("error")
            .build();
  }

  @Override
  public List<String> listTables() {
    return ExampleTable.labels();
  }

  @Override
  public TableMetadata metadata(Table table) {
    return ExampleTable.of(table).metadata();
  }

  @Override
  public Schema schema(Table table) {
    ExampleTable known = ExampleTable.of(table);
    if (known == ExampleTable.METRICS) { // the source hides this table from its list of tables
      return Schema.resource(ExampleConnector.class, "metrics.json");
    }
    JsonNode answer = api.json(Request.get("tables/{table}/schema", known.label()));
    return new Schema(fields(answer.path("schema")));
  }

  private static List<Field> fields(JsonNode descriptors) {
    List<Field> fields = new ArrayList<>();
    for (JsonNode descriptor : descriptors) {
      String name = descriptor.path("name").asText();
      DataType type = type(descriptor);
      fields.add(
          descriptor.path("nullable").asBoolean(true)
              ? Field.optional(name, type)
              : Field.required(name, type));
    }
    return fields;
  }

  private static DataType type(JsonNode descriptor) {
    return switch (descriptor.path("type").asText()) {
      case "integer" -> Primitive.LONG;
      case "double" -> Primitive.DOUBLE;
      case "timestamp" -> Primitive.TIMESTAMP;
      case "date" -> Primitive.DATE;
      case "struct" -> new DataType.Struct(fields(descriptor.path("fields")));
      default -> Primitive.STRING;
    };
  }

  @Override
  public Offset readTable(Table table, Offset start, RecordEmitter out) {
    ExampleTable known = ExampleTable.of(table);
    Options options = table.options();
    Listing records = listing("tables/{table}/records", known);
    return switch (known) {
      case PRODUCTS ->
          Snapshot.of(
                  api,
                  records.with("category", options.find(ExampleProvider.CATEGORY)),
                  PrimaryKey.of("product_id"))
              .consistency(options)
              .read(start, out);
      case EVENTS ->
          incremental(records, known, options)
              .limitBeforeFetch("limit", options.get(ExampleProvider.LIMIT), start, out);
      case USERS ->
          incremental(records, known, options).limitOnTheFly(Optional.empty(), start, out);
      case ORDERS ->
          incremental(
                  records
                      .with("user_id", options.find(ExampleProvider.USER_ID))
                      .with("status", options.find(ExampleProvider.STATUS)),
                  known,
                  options)
              .limitOnTheFly(Optional.empty(), start, out);
      case METRICS ->
          incremental(records, known, options)
              .slidingWindow(
                  options.get(ExampleProvider.WINDOW_SECONDS),
                  Repetition.ALLOWED,
                  options.find(ExampleProvider.START_TIMESTAMP),
                  begin -> next(records, known, begin),
                  start,
                  out);
    };
  }

  @Override
  public Reached reached(Table table, Offset offset) {
    return OffsetProgress.of(offset);
  }

  @Override
  public Offset readTableDeletes(Table table, Offset start, RecordEmitter out) {
    ExampleTable known = ExampleTable.of(table);
    known.requireDeletes();
    return incremental(listing("tables/{table}/deleted_records", known), known, table.options())
        .limitOnTheFly(Optional.empty(), start, out);
  }

  private static Listing listing(String path, ExampleTable table) {
    return Listing.of(Request.get(path, table.label()))
        .recordsIn("records")
        .totalIn("total")
        .paginated(Pagination.pageNumber("page", "next_page"));
  }

  private Incremental incremental(Listing listing, ExampleTable table, Options options) {
    return Incremental.of(
        context, api, listing, cursor(table), options.get(Incremental.LOOKBACK_SECONDS), options);
  }

  private static TimeCursor cursor(ExampleTable table) {
    TableMetadata metadata = table.metadata();
    return TimeCursor.on(metadata.cursorField().orElseThrow())
        .identifiedBy(metadata.primaryKeys())
        .sinceExclusive("since", MICROSECOND)
        .until("until")
        .format(TIMESTAMP);
  }

  private Optional<Instant> next(Listing listing, ExampleTable table, Optional<Instant> begin) {
    TimeCursor cursor = cursor(table);
    Listing rest = begin.map(value -> cursor.from(listing, value)).orElse(listing);
    return api.page(rest, rest.request()).records().stream()
        .flatMap(record -> cursor.find(record).stream())
        .findFirst();
  }

  @Override
  public void close() {
    api.close();
  }
}
