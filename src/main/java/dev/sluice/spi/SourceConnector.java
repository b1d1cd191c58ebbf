package dev.sluice.spi;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

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

  /**
   * How far a read has come at an offset.
   *
   * @param upTo the instant up to which everything is read; empty where the offset does not tell
   * @param newest the cursor of the newest record that is read, where that is a time
   * @param place where the read is, for people, such as a window or a page
   */
  record Reached(Optional<Instant> upTo, Optional<Instant> newest, Optional<String> place) {
    public static final Reached UNKNOWN =
        new Reached(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * Tells how far an offset of this connector reaches. May be called on any thread; does not call
   * the source.
   */
  default Reached reached(Table table, Offset offset) {
    return Reached.UNKNOWN;
  }

  /** Releases what the connector opened. */
  @Override
  default void close() {}
}
