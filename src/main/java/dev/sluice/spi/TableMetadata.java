package dev.sluice.spi;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The ingestion type, primary key and cursor field of a table. Each factory has exactly the
 * parameters that its type needs, so an invalid table cannot be described.
 */
public final class TableMetadata {
  private final IngestionType type;
  private final Optional<PrimaryKey> primaryKey;
  private final Optional<String> cursorField;
  private final Optional<String> lackOfDeletes;

  private TableMetadata(
      IngestionType type, Optional<PrimaryKey> primaryKey, Optional<String> cursorField) {
    this(type, primaryKey, cursorField, Optional.empty());
  }

  private TableMetadata(
      IngestionType type,
      Optional<PrimaryKey> primaryKey,
      Optional<String> cursorField,
      Optional<String> lackOfDeletes) {
    if (cursorField.isPresent() && cursorField.get().isBlank()) {
      throw new IllegalArgumentException("A cursor field needs a name");
    }
    this.type = type;
    this.primaryKey = primaryKey;
    this.cursorField = cursorField;
    this.lackOfDeletes = lackOfDeletes;
  }

  public static TableMetadata snapshot(PrimaryKey key) {
    return new TableMetadata(IngestionType.SNAPSHOT, Optional.of(key), Optional.empty());
  }

  public static TableMetadata append(String cursorField) {
    return new TableMetadata(IngestionType.APPEND, Optional.empty(), Optional.of(cursorField));
  }

  /** Returns an append table whose records also have an identity, which readers may rely on. */
  public static TableMetadata append(PrimaryKey key, String cursorField) {
    return new TableMetadata(IngestionType.APPEND, Optional.of(key), Optional.of(cursorField));
  }

  public static TableMetadata cdc(PrimaryKey key, String cursorField) {
    return new TableMetadata(IngestionType.CDC, Optional.of(key), Optional.of(cursorField));
  }

  /** Returns a table with deletes, only for a connector that {@link SupportsDeletes}. */
  public static TableMetadata cdcWithDeletes(PrimaryKey key, String cursorField) {
    return new TableMetadata(
        IngestionType.CDC_WITH_DELETES, Optional.of(key), Optional.of(cursorField));
  }

  /** Returns the same table without its deletes, for a user who does not want them. */
  public TableMetadata withoutDeletes() {
    return type == IngestionType.CDC_WITH_DELETES
        ? new TableMetadata(IngestionType.CDC, primaryKey, cursorField, lackOfDeletes)
        : this;
  }

  /**
   * Returns a cdc table whose deletes are wanted but cannot be read now. A table that has read
   * deletes before fails rather than continue without them.
   *
   * @param why and what to do about it, as a sentence
   */
  public TableMetadata lackingDeletes(String why) {
    return new TableMetadata(type, primaryKey, cursorField, Optional.of(why));
  }

  public IngestionType type() {
    return type;
  }

  /** Returns the key's fields; empty only for an append table. */
  public List<String> primaryKeys() {
    return primaryKey.map(PrimaryKey::fields).orElse(List.of());
  }

  /** Returns the field that offsets are built from; absent for a snapshot. */
  public Optional<String> cursorField() {
    return cursorField;
  }

  /** Returns why deletes that are wanted cannot be read. */
  public Optional<String> lackOfDeletes() {
    return lackOfDeletes;
  }

  public TableMetadata withPrimaryKey(PrimaryKey key) {
    return new TableMetadata(type, Optional.of(key), cursorField, lackOfDeletes);
  }

  public TableMetadata withCursorField(String field) {
    if (type == IngestionType.SNAPSHOT) {
      throw ConnectorException.configuration(
          "A snapshot table has no cursor: remove 'sequence_by: " + field + "'");
    }
    return new TableMetadata(type, primaryKey, Optional.of(field), lackOfDeletes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TableMetadata that
        && type == that.type
        && primaryKey.equals(that.primaryKey)
        && cursorField.equals(that.cursorField)
        && lackOfDeletes.equals(that.lackOfDeletes);
  }

  @Override
  public int hashCode() {
    return Objects.hash(type, primaryKey, cursorField, lackOfDeletes);
  }

  @Override
  public String toString() {
    return type.label() + primaryKeys() + cursorField.map(field -> " by " + field).orElse("");
  }
}
