package dev.sluice.connectors.example;

import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.IngestionType;
import dev.sluice.spi.PrimaryKey;
import dev.sluice.spi.Table;
import dev.sluice.spi.TableMetadata;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The tables of the source and how each is ingested. */
enum ExampleTable {
  PRODUCTS(TableMetadata.snapshot(PrimaryKey.of("product_id"))),
  EVENTS(TableMetadata.append(PrimaryKey.of("event_id"), "created_at")),
  USERS(TableMetadata.cdc(PrimaryKey.of("user_id"), "updated_at")),
  ORDERS(TableMetadata.cdcWithDeletes(PrimaryKey.of("order_id"), "updated_at")),
  METRICS(TableMetadata.cdc(PrimaryKey.of("metric_id"), "updated_at"));

  private final TableMetadata metadata;

  ExampleTable(TableMetadata metadata) {
    this.metadata = metadata;
  }

  static ExampleTable of(Table table) {
    return Arrays.stream(values())
        .filter(known -> known.label().equals(table.name()))
        .findFirst()
        .orElseThrow(() -> ConnectorException.unknownTable(table.name(), labels()));
  }

  static List<String> labels() {
    return Arrays.stream(values()).map(ExampleTable::label).toList();
  }

  /** The source's name for the table. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  TableMetadata metadata() {
    return metadata;
  }

  void requireDeletes() {
    if (metadata.type() != IngestionType.CDC_WITH_DELETES) {
      throw ConnectorException.configuration("Table '%s' has no deletes".formatted(label()));
    }
  }
}
