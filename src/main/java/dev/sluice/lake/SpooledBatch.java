package dev.sluice.lake;

import dev.sluice.runtime.lake.Payload;
import dev.sluice.runtime.lake.PendingBatch;
import dev.sluice.spi.SourceRecord;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A microbatch that is encoded as records are emitted, and spooled until its end offset is known.
 */
final class SpooledBatch implements PendingBatch {
  private final Format format;
  private final RecordWriter writer;
  private Spool spool = new Spool();

  SpooledBatch(Format format) {
    this.format = format;
    try {
      this.writer = format.writer(spool.sink());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void write(SourceRecord record) {
    try {
      writer.write(record);
    } catch (IOException e) {
      throw new UncheckedIOException("A record could not be spooled", e);
    }
  }

  @Override
  public void keep(long records) {
    var kept = new Spool();
    try (Spool all = spool) {
      spool = kept;
      writer.close();
      format.copy(all.open(), records, kept.sink());
    } catch (IOException e) {
      throw new UncheckedIOException("A microbatch could not be cut", e);
    }
  }

  @Override
  public Payload complete() {
    try {
      writer.close();
    } catch (IOException e) {
      throw new UncheckedIOException("A microbatch could not be spooled", e);
    }
    return spool;
  }

  @Override
  public void close() {
    try {
      try {
        writer.close();
      } finally {
        spool.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("A spool could not be closed", e);
    }
  }
}
