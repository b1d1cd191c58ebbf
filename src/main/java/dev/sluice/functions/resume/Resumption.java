package dev.sluice.functions.resume;

import dev.sluice.functions.event.Nudge;
import dev.sluice.functions.event.SyncRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A run to be continued.
 *
 * @param maxRecords what the nudge said, when it said it
 * @param count how many times it will then have been resumed
 */
public record Resumption(
    String pipeline, List<String> tables, Optional<Integer> maxRecords, int count, Instant at) {

  public Resumption {
    tables = List.copyOf(tables);
  }

  public Nudge nudge(String table, Optional<Instant> notBefore) {
    return new Nudge(pipeline, table, maxRecords, count, notBefore);
  }

  public SyncRequest request() {
    return new SyncRequest(pipeline, tables, count);
  }
}
