package dev.sluice.connectors.example;

import dev.sluice.rest.strategy.Incremental;
import dev.sluice.rest.strategy.Snapshot;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.IngestionType;
import dev.sluice.spi.Option;
import dev.sluice.spi.PrimaryKey;
import dev.sluice.spi.Table;
import dev.sluice.spi.TableMetadata;
import dev.sluice.spi.TableSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The tables of the source: how each is ingested, and its options. */
enum ExampleTable {
  PRODUCTS(
      TableMetadata.snapshot(PrimaryKey.of("product_id")),
      ExampleProvider.CATEGORY,
      Snapshot.CONSISTENCY),
  EVENTS(
      TableMetadata.append(PrimaryKey.of("event_id"), "created_at"),
      ExampleProvider.LIMIT,
      Incremental.LOOKBACK_SECONDS,
      Incremental.FUTURE_TOLERANCE_SECONDS),
  USERS(
      TableMetadata.cdc(PrimaryKey.of("user_id"), "updated_at"),
      Incremental.LOOKBACK_SECONDS,
      Incremental.FUTURE_TOLERANCE_SECONDS),
  ORDERS(
      TableMetadata.cdcWithDeletes(PrimaryKey.of("order_id"), "updated_at"),
      ExampleProvider.USER_ID,
      ExampleProvider.STATUS,
      Incremental.LOOKBACK_SECONDS,
      Incremental.FUTURE_TOLERANCE_SECONDS),
  METRICS(
      TableMetadata.cdc(PrimaryKey.of("metric_id"), "updated_at"),
      ExampleProvider.START_TIMESTAMP,
      ExampleProvider.WINDOW_SECONDS,
      Incremental.SETTLE_SECONDS,
      Incremental.LOOKBACK_SECONDS,
      Incremental.FUTURE_TOLERANCE_SECONDS);

  private final TableMetadata metadata;
  private final List<Option<?>> options;

  ExampleTable(TableMetadata metadata, Option<?>... options) {
    this.metadata = metadata;
    this.options = List.of(options);
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

  /** Returns the source's name for the table. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  TableSpec spec() {
    return TableSpec.of(label(), metadata).takes(options);
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
