package dev.sluice.spi;

/** Takes the records of one microbatch. Used from the thread that called the connector. */
public interface RecordEmitter {

  void emit(SourceRecord record);

  /**
   * Whether the microbatch still has room and time: record cap, byte limit, time budget and
   * cancellation in one question, asked between pages.
   */
  boolean wantsMore();
}
