package dev.sluice.functions;

import dev.sluice.functions.config.TableSelection;
import dev.sluice.functions.event.Nudge;
import dev.sluice.functions.resume.ResumeTime;
import dev.sluice.functions.resume.Resumption;
import dev.sluice.pipeline.Pipeline;
import dev.sluice.runtime.report.PipelineTable;
import dev.sluice.spi.BatchOptions;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Table;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A table of a pipeline that nudges ask for; any number of them leads to one sync.
 *
 * @param nudges at least one
 */
record PendingTableSync(PipelineTable table, Set<Nudge> nudges) {

  PendingTableSync {
    nudges = Set.copyOf(nudges);
  }

  /**
   * Returns the tables in the order in which the nudges first name them.
   *
   * @param refused gets the nudges whose table the pipeline does not have
   */
  static List<PendingTableSync> select(
      Pipeline pipeline, Set<Nudge> nudges, Consumer<NudgeFailure> refused) {
    var byTable = new LinkedHashMap<PipelineTable, Set<Nudge>>();
    for (Nudge nudge : nudges) {
      try {
        TableSelection.named(pipeline, nudge.table())
            .forEach(
                table -> byTable.computeIfAbsent(table, key -> new LinkedHashSet<>()).add(nudge));
      } catch (ConnectorException e) {
        refused.accept(NudgeFailure.of(Set.of(nudge), e));
      }
    }
    return byTable.entrySet().stream()
        .map(entry -> new PendingTableSync(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** Returns the smallest number that one of the nudges asks for. */
  private Optional<Integer> maxRecords() {
    return nudges.stream()
        .flatMap(nudge -> nudge.maxRecords().stream())
        .min(Comparator.naturalOrder());
  }

  /**
   * Returns the smallest resume count of the nudges: a new nudge can still be resumed as often as
   * allowed.
   */
  int resume() {
    return nudges.stream().mapToInt(Nudge::resume).min().orElse(0);
  }

  /** Returns the earliest; empty when one of the nudges does not wait. */
  private Optional<Instant> notBefore() {
    return nudges.stream().allMatch(nudge -> nudge.notBefore().isPresent())
        ? nudges.stream()
            .flatMap(nudge -> nudge.notBefore().stream())
            .min(Comparator.naturalOrder())
        : Optional.empty();
  }

  boolean isEarly(Instant now) {
    return notBefore().filter(at -> now.isBefore(at) && ResumeTime.allows(at, now)).isPresent();
  }

  /** Returns the table with the option of these nudges. */
  PipelineTable configured() {
    Table source = table.table();
    return maxRecords()
        .map(
            number ->
                source.options().with(BatchOptions.MAX_RECORDS.name(), Integer.toString(number)))
        .map(
            options ->
                new PipelineTable(
                    source.with(options), table.as(), table.primaryKey(), table.sequenceBy()))
        .orElse(table);
  }

  /** Returns the same request for the time at which it is due. */
  Resumption postponed(String pipeline, Instant now) {
    return resumption(pipeline, resume(), notBefore().orElse(now));
  }

  /** Returns the request to continue what a run left unfinished. */
  Resumption resumed(String pipeline, Instant at) {
    return resumption(pipeline, resume() + 1, at);
  }

  private Resumption resumption(String pipeline, int count, Instant at) {
    return new Resumption(pipeline, List.of(table.as()), maxRecords(), count, at);
  }
}
