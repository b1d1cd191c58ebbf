package dev.sluice.rest.strategy;

import dev.sluice.spi.ConnectorApi;
import dev.sluice.spi.SourceRecord;
import java.util.List;
import java.util.Optional;

/**
 * One page of a scan.
 *
 * @param next the place at which the scan continues; empty when it has ended
 */
@ConnectorApi
public record WindowScanPage(List<SourceRecord> records, Optional<String> next) {

  public WindowScanPage {
    records = List.copyOf(records);
  }
}
