package dev.sluice.connectors.fhir;

import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.Deadline;
import dev.sluice.spi.Offset;
import dev.sluice.spi.Options;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.RequestListener;
import dev.sluice.spi.SourceConnector;
import dev.sluice.spi.SourceRecord;
import dev.sluice.spi.SupportsDeletes;
import dev.sluice.spi.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** One invocation: reads a table until its offset stands still, and remembers what was said. */
final class FhirInvocation implements RequestListener {
  static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");

  private final List<String> warnings = new CopyOnWriteArrayList<>();
  private final List<SourceRecord> records = new ArrayList<>();
  private Offset offset;
  private int cap = 5;
  private int largestBatch;
  private Duration time = Duration.ofMinutes(10);

  FhirInvocation(Offset from) {
    this.offset = from;
  }

  /** From the beginning. */
  static FhirInvocation first() {
    return new FhirInvocation(Offset.START);
  }

  /** With microbatches of so many records, 5 unless said otherwise. */
  FhirInvocation upTo(int cap) {
    this.cap = cap;
    return this;
  }

  /** Ten minutes unless said otherwise. */
  FhirInvocation within(Duration time) {
    this.time = time;
    return this;
  }

  ConnectorContext context(Options options) {
    InstantSource clock = InstantSource.fixed(NOW);
    return new ConnectorContext(
        options.with("retry_pause_millis", "0"), NOW, Deadline.after(time, clock), clock, this);
  }

  FhirInvocation read(Options connection, String table, Options options) {
    Table read = Table.named(table).with(options);
    return read(connection, (connector, start, out) -> connector.readTable(read, start, out));
  }

  FhirInvocation readDeletes(Options connection, String table, Options options) {
    Table read = Table.named(table).with(options);
    return read(
        connection,
        (connector, start, out) ->
            ((SupportsDeletes) connector).readTableDeletes(read, start, out));
  }

  private interface Read {
    Offset read(SourceConnector connector, Offset start, RecordEmitter out);
  }

  private FhirInvocation read(Options connection, Read read) {
    try (SourceConnector connector = new FhirProvider().create(context(connection))) {
      while (true) {
        var batch = new ArrayList<SourceRecord>();
        Offset end = read.read(connector, offset, into(batch));
        if (end.equals(offset)) {
          return this;
        }
        largestBatch = Math.max(largestBatch, batch.size());
        records.addAll(batch);
        offset = end;
      }
    }
  }

  private RecordEmitter into(List<SourceRecord> batch) {
    return new RecordEmitter() {
      @Override
      public void emit(SourceRecord record) {
        batch.add(record);
      }

      @Override
      public boolean wantsMore() {
        return batch.size() < cap;
      }
    };
  }

  List<SourceRecord> records() {
    return records;
  }

  List<String> ids() {
    return records.stream().map(record -> record.text("id").orElse("?")).toList();
  }

  int largestBatch() {
    return largestBatch;
  }

  List<String> warnings() {
    return warnings;
  }

  Offset offset() {
    return offset;
  }

  @Override
  public void warning(String message) {
    warnings.add(message);
  }
}
