package dev.sluice.functions;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A run to be continued.
 *
 * @param maxRecords what the nudge said, when it said it
 * @param count how many times it will then have been resumed
 */
record Resumption(
    String pipeline, List<String> tables, Optional<Integer> maxRecords, int count, Instant at) {

  Resumption {
    tables = List.copyOf(tables);
  }

  Nudge nudge(String table, Optional<Instant> notBefore) {
    return new Nudge(pipeline, table, maxRecords, count, notBefore);
  }

  SyncRequest request() {
    return new SyncRequest(pipeline, tables, count);
  }
}
