package dev.sluice.lake;

import dev.sluice.spi.SourceRecord;
import java.io.Closeable;
import java.io.IOException;

/** Writes the records of one object. */
public interface RecordWriter extends Closeable {

  void write(SourceRecord record) throws IOException;
}
