package dev.sluice.spi;

import java.util.function.UnaryOperator;

/** Receives the records of one microbatch. It is used from the thread that called the connector. */
public interface RecordEmitter {

  void emit(SourceRecord record);

  /**
   * Returns whether the microbatch still has room and time. One question covers record cap, byte
   * limit, time budget and cancellation; ask it between pages.
   */
  boolean wantsMore();

  /**
   * Returns an emitter that changes every record before it passes it on, for example by adding its
   * parent's identifier.
   */
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
