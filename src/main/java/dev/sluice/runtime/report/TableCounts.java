package dev.sluice.runtime.report;

/**
 * The amounts of one table in an invocation.
 *
 * @param records committed in the data flow; {@code deletes} likewise in the other
 * @param bytes of committed objects, both flows; {@code batches} likewise
 */
public record TableCounts(
    long records, long deletes, long bytes, long batches, long requests, long retries) {

  /** The counts when nothing was read. */
  public static final TableCounts NONE = new TableCounts(0, 0, 0, 0, 0, 0);

  TableCounts plus(TableCounts more) {
    return new TableCounts(
        records + more.records,
        deletes + more.deletes,
        bytes + more.bytes,
        batches + more.batches,
        requests + more.requests,
        retries + more.retries);
  }
}
