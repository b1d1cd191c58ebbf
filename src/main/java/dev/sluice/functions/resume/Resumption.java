package dev.sluice.functions.resume;

import dev.sluice.functions.event.Nudge;
import dev.sluice.functions.event.SyncRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A request to continue a run.
 *
 * @param maxRecords the nudge's own number of records per batch
 * @param count how many times it will then have been resumed
 * @param at the earliest instant at which it makes sense to continue
 */
public record Resumption(
    String pipeline, List<String> tables, Optional<Integer> maxRecords, int count, Instant at) {

  public Resumption {
    tables = List.copyOf(tables);
  }

  /** Returns the resumption as the event of event-sync. */
  public Nudge nudge(String table, Optional<Instant> notBefore) {
    return new Nudge(pipeline, table, maxRecords, count, notBefore);
  }

  /** Returns the resumption as the event of scheduled-sync. */
  public SyncRequest request() {
    return new SyncRequest(pipeline, tables, count);
  }
}
