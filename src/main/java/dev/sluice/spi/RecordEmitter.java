package dev.sluice.spi;

import java.util.function.UnaryOperator;

/** Takes the records of one microbatch. Used from the thread that called the connector. */
public interface RecordEmitter {

  void emit(SourceRecord record);

  /**
   * Whether the microbatch still has room and time: record cap, byte limit, time budget and
   * cancellation in one question, asked between pages.
   */
  boolean wantsMore();

  /** An emitter that changes every record on its way, such as by adding its parent's identifier. */
  default RecordEmitter changing(UnaryOperator<SourceRecord> change) {
    RecordEmitter target = this;
    return new RecordEmitter() {
      @Override
      public void emit(SourceRecord record) {
        target.emit(change.apply(record));
      }

      @Override
      public boolean wantsMore() {
        return target.wantsMore();
      }
    };
  }
}
