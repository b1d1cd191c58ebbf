package dev.sluice.connectors.github.table;

import dev.sluice.spi.Offset;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.SourceRecord;

/** Knows whether anything was emitted. */
final class CountingEmitter implements RecordEmitter {
  private final RecordEmitter out;
  private boolean hasAny;

  CountingEmitter(RecordEmitter out) {
    this.out = out;
  }

  @Override
  public void emit(SourceRecord record) {
    hasAny = true;
    out.emit(record);
  }

  @Override
  public boolean wantsMore() {
    return out.wantsMore();
  }

  @Override
  public void mark(Offset reached) {
    out.mark(reached);
  }

  boolean hasAny() {
    return hasAny;
  }
}
