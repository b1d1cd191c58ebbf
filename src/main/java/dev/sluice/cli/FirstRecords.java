package dev.sluice.cli;

import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.SourceRecord;
import java.util.ArrayList;
import java.util.List;

/** Keeps the first records of a read and asks for no more after them. */
final class FirstRecords implements RecordEmitter {
  private final int most;
  private final List<SourceRecord> records = new ArrayList<>();
  private boolean empty = true;

  FirstRecords(int most) {
    this.most = most;
  }

  @Override
  public void emit(SourceRecord record) {
    empty = false;
    if (wantsMore()) {
      records.add(record);
    }
  }

  @Override
  public boolean wantsMore() {
    return records.size() < most;
  }

  /** Returns whether nothing was emitted, not even what is not kept. */
  boolean isEmpty() {
    return empty;
  }

  List<SourceRecord> records() {
    return List.copyOf(records);
  }
}
