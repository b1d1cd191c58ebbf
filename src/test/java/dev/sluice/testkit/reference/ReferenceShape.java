package dev.sluice.testkit.reference;

import dev.sluice.spi.PrimaryKey;
import dev.sluice.spi.Schema;
import dev.sluice.spi.TableMetadata;
import dev.sluice.testkit.RowSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The tables of the reference source, one of every ingestion type. */
enum ReferenceShape {
  PEOPLE,
  EVENTS,
  ORDERS,
  PRODUCTS;

  private static final String CURSOR = "updated_at";

  static final Schema SCHEMA =
      Schema.parse(
          """
          {"id": "string!", "version": "long", "price": "double", "place": {"city": "string", "open": "boolean"},
           "tags": ["string"], "counts": {"*": "long"}, "updated_at": "timestamp!"}
          """);

  static Optional<ReferenceShape> of(String table) {
    return Arrays.stream(values()).filter(shape -> shape.table().equals(table)).findFirst();
  }

  static List<String> tables() {
    return Arrays.stream(values()).map(ReferenceShape::table).toList();
  }

  String table() {
    return name().toLowerCase(Locale.ROOT);
  }

  TableMetadata metadata() {
    PrimaryKey key = PrimaryKey.of("id");
    return switch (this) {
      case PEOPLE -> TableMetadata.cdc(key, CURSOR);
      case EVENTS -> TableMetadata.append(CURSOR);
      case ORDERS -> TableMetadata.cdcWithDeletes(key, CURSOR);
      case PRODUCTS -> TableMetadata.snapshot(key);
    };
  }

  String record(RowSpec row) {
    return """
    {"id": "%s-%d", "version": %d, "price": %d.50, "place": {"city": "Springfield", "open": true},
     "tags": ["a", null], "counts": {"seen": 9007199254740993}, "note": null, "updated_at": "%s"}"""
        .formatted(table(), row.key(), row.version(), row.key(), row.cursor());
  }

  String tombstone(RowSpec row) {
    return "{\"id\": \"%s-%d\", \"version\": null, \"updated_at\": \"%s\"}"
        .formatted(table(), row.key(), row.cursor());
  }
}
