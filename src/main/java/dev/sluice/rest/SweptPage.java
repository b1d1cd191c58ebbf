package dev.sluice.rest;

import dev.sluice.spi.SourceRecord;
import java.util.List;
import java.util.Optional;

/**
 * One page of a sweep.
 *
 * @param next the place at which the sweep goes on; empty when it has ended
 */
public record SweptPage(List<SourceRecord> records, Optional<String> next) {

  public SweptPage {
    records = List.copyOf(records);
  }
}
