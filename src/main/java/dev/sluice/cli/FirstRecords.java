package dev.sluice.cli;

import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.SourceRecord;
import java.util.ArrayList;
import java.util.List;

/** Keeps the first records of a read and asks for no more after them. */
final class FirstRecords implements RecordEmitter {
  private final int most;
  private final List<SourceRecord> records = new ArrayList<>();

  FirstRecords(int most) {
    this.most = most;
  }

  @Override
  public void emit(SourceRecord record) {
    if (wantsMore()) {
      records.add(record);
    }
  }

  @Override
  public boolean wantsMore() {
    return records.size() < most;
  }

  List<SourceRecord> records() {
    return List.copyOf(records);
  }
}
