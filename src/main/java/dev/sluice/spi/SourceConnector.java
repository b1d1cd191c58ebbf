package dev.sluice.spi;

import java.util.List;

/**
 * Reads one kind of source: which tables it has, what they look like, and what is new in them.
 *
 * <p>The runtime makes one for every invocation, uses it from one thread and closes it. Creation
 * does not call the source. Fields keep nothing between invocations. Every method rejects a table
 * that {@link #listTables} does not name.
 */
public interface SourceConnector extends AutoCloseable {

  List<String> listTables();

  /** Returns the schema, which depends only on the table and its options. */
  Schema schema(Table table);

  TableMetadata metadata(Table table);

  /**
   * Emits the records that follow {@code start} and returns the position after the last of them.
   *
   * <p>Between pages it asks {@link RecordEmitter#wantsMore}; when that is false, it stops at the
   * next position that an offset can express. Returning {@code start} says that there is nothing
   * more; what was emitted in such a call is dropped. A snapshot is read from {@link Offset#START}
   * until the offset no longer changes, and is then complete. On the way it says by {@link
   * RecordEmitter#mark} where it could have stopped, so that a failure costs no more than what
   * follows.
   *
   * @throws ConnectorException when the source cannot be read; it never returns an empty result
   *     instead
   */
  Offset readTable(Table table, Offset start, RecordEmitter out);

  /** Releases what the connector opened. */
  @Override
  default void close() {}
}
