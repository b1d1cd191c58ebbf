package dev.sluice.lake;

import dev.sluice.spi.SourceRecord;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** A format that writes one record a line, as the source sent it. */
public record JsonLines(Compression compression) implements Format {
  private static final int BUFFER = 64 << 10;

  @Override
  public String extension() {
    return ".jsonl" + compression.extension();
  }

  @Override
  public void copy(InputStream object, long records, OutputStream out) throws IOException {
    try (var lines = new BufferedInputStream(compression.decompress(object), BUFFER);
        var kept = new BufferedOutputStream(compression.compress(out), BUFFER)) {
      for (long copied = 0; copied < records; ) {
        int next = lines.read();
        if (next < 0) {
          throw new EOFException("%d records are to be kept of %d".formatted(records, copied));
        }
        kept.write(next);
        copied += next == '\n' ? 1 : 0;
      }
    }
  }

  @Override
  public RecordWriter writer(OutputStream out) throws IOException {
    var lines = new BufferedOutputStream(compression.compress(out), BUFFER);
    return new RecordWriter() {
      @Override
      public void write(SourceRecord record) throws IOException {
        record.writeLine(lines);
      }

      @Override
      public void close() throws IOException {
        lines.close();
      }
    };
  }
}
