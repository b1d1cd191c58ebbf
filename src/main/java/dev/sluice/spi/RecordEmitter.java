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
   * Says that what was emitted so far and this offset belong together. A read that does not come to
   * its end, because a page fails or time runs out, is committed up to the last mark, and the next
   * one begins there.
   *
   * @param reached an offset to read on from, which gives exactly what follows
   */
  default void mark(Offset reached) {}

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

      @Override
      public void mark(Offset reached) {
        target.mark(reached);
      }
    };
  }
}
