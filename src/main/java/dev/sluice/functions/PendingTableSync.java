package dev.sluice.functions;

import dev.sluice.functions.event.Nudge;
import dev.sluice.functions.resume.ResumeTime;
import dev.sluice.functions.resume.Resumption;
import dev.sluice.pipeline.Pipeline;
import dev.sluice.runtime.report.PipelineTable;
import dev.sluice.spi.BatchOptions;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A table of the pipeline that nudges ask for; any number of them is one sync.
 *
 * @param maxRecords the smallest that one of them wants
 * @param resume the fewest that one of them was resumed: a new nudge has all of its own ahead
 * @param notBefore the earliest; empty when one of them does not wait
 * @param nudges their places in the event
 */
record PendingTableSync(
    PipelineTable table,
    Optional<Integer> maxRecords,
    int resume,
    Optional<Instant> notBefore,
    Set<Integer> nudges) {

  static PendingTableSync of(Pipeline pipeline, PipelineTable table, Nudge nudge, int index) {
    boolean known =
        pipeline.options(table.table()).stream()
            .anyMatch(option -> option.name().equals(BatchOptions.MAX_RECORDS.name()));
    if (nudge.maxRecords().isPresent() && !known) {
      throw ConnectorException.configuration(
          "The connector '%s' has no option '%s'; leave it out of the nudge"
              .formatted(pipeline.connector().name(), BatchOptions.MAX_RECORDS.name()));
    }
    return new PendingTableSync(
        table, nudge.maxRecords(), nudge.resume(), nudge.notBefore(), Set.of(index));
  }

  PendingTableSync and(PendingTableSync other) {
    var all = new TreeSet<>(nudges);
    all.addAll(other.nudges);
    return new PendingTableSync(
        table,
        maxRecords.isPresent() && other.maxRecords.isPresent()
            ? Optional.of(Math.min(maxRecords.get(), other.maxRecords.get()))
            : maxRecords.or(() -> other.maxRecords),
        Math.min(resume, other.resume),
        notBefore.isPresent() && other.notBefore.isPresent()
            ? Optional.of(earlier(notBefore.get(), other.notBefore.get()))
            : Optional.empty(),
        all);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  boolean isEarly(Instant now) {
    return notBefore.filter(at -> now.isBefore(at) && ResumeTime.allows(at, now)).isPresent();
  }

  /** The table as it is read for these nudges. */
  PipelineTable configured() {
    Table source = table.table();
    return maxRecords
        .map(
            number ->
                source.options().with(BatchOptions.MAX_RECORDS.name(), Integer.toString(number)))
        .map(
            options ->
                new PipelineTable(
                    source.with(options), table.as(), table.primaryKey(), table.sequenceBy()))
        .orElse(table);
  }

  Resumption resumption(String pipeline, int count, Instant at) {
    return new Resumption(pipeline, List.of(table.as()), maxRecords, count, at);
  }
}
