package dev.sluice.runtime;

import dev.sluice.runtime.checkpoint.Checkpoint;
import dev.sluice.runtime.lake.CompleteRead;
import dev.sluice.runtime.lake.PublishedGeneration;
import dev.sluice.runtime.text.JsonText;
import dev.sluice.runtime.text.Sha256;
import dev.sluice.spi.DetectsUnchanged;
import dev.sluice.spi.Schema;
import dev.sluice.spi.SourceConnector;
import dev.sluice.spi.Table;
import java.util.Optional;

/**
 * Asks a source whether a snapshot table is still what its last complete read delivered. Only
 * connectors that can tell are asked; every other table is read.
 */
final class ChangeProbe {
  private final FlowContext context;
  private final Optional<DetectsUnchanged> connector;
  private final Table table;
  private final String asked;

  ChangeProbe(FlowContext context, SourceConnector connector, Table table, Schema schema) {
    this.context = context;
    this.connector =
        connector instanceof DetectsUnchanged detecting ? Optional.of(detecting) : Optional.empty();
    this.table = table;
    this.asked = fingerprint(table, schema);
  }

  /** Returns a fingerprint of what decides which records are read, and how they look. */
  private static String fingerprint(Table table, Schema schema) {
    return Sha256.of(
        JsonText.object()
            .put("namespace", table.namespace().toString())
            .put("table", table.name())
            .put("options", table.options().digest())
            .putRawValue("schema", JsonText.raw(schema.json()))
            .toString());
  }

  /**
   * Saves how the complete read that readers see has ended.
   *
   * @param following the generation that begins with the next read
   */
  void remember(int following, Checkpoint end) {
    if (connector.isPresent()) {
      context.lake().keep(context.destination(), new CompleteRead(following, asked, end));
    }
  }

  /**
   * Asks whether a read from here on would find what readers read now.
   *
   * @return where the data is then; empty when it has to be read, also when this is unknown
   */
  Optional<Checkpoint> unchanged(Checkpoint at) {
    if (connector.isEmpty()
        || !at.withoutReading().equals(Checkpoint.beginningOf(at.generation()))) {
      return Optional.empty();
    }
    int shown =
        context
            .lake()
            .current(context.destination())
            .map(PublishedGeneration::generation)
            .orElse(0);
    return context
        .lake()
        .completeRead(context.destination())
        .filter(read -> read.following() == at.generation())
        .filter(read -> read.end().generation() == shown)
        .filter(read -> read.asked().equals(asked))
        .map(CompleteRead::end)
        .filter(end -> end.reading().map(context.reading()::equals).orElse(true))
        .filter(end -> connector.get().isUnchanged(table, end.offset()));
  }
}
