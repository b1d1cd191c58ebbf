package dev.sluice.lake;

import dev.sluice.spi.SourceRecord;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A format that writes one record a line, as the source sent it. */
public record JsonLines(Compression compression) implements Format {
  private static final int BUFFER = 64 << 10;

  @Override
  public String extension() {
    return ".jsonl" + compression.extension();
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
