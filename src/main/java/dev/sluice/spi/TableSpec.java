package dev.sluice.spi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * A table as its provider declares it: what is known before there is a connection, and its options.
 * The options that the runtime understands for every table ({@link BatchOptions}) are included
 * without being declared.
 *
 * @param name the table's name; for {@link #others}, a placeholder in angle brackets
 * @param pattern what the names of the other tables look like; empty for a table of this name
 * @param metadata how the table is ingested, see {@link #admits}; empty where the source tells
 * @param columns the table's schema, whatever its options are; empty where options or the source
 *     decide
 * @param namespace what the parts of its namespace are, such as {@code [owner, repository]}; empty
 *     for a table without a namespace
 */
public record TableSpec(
    String name,
    Optional<Pattern> pattern,
    Optional<TableMetadata> metadata,
    Optional<Supplier<Schema>> columns,
    List<String> namespace,
    List<Option<?>> options) {

  public TableSpec {
    namespace = List.copyOf(namespace);
    options = List.copyOf(options);
    var names = new HashSet<String>();
    for (Option<?> option : options) {
      if (!names.add(option.name())) {
        throw new IllegalArgumentException(
            "Table '%s' declares the option '%s' twice".formatted(name, option.name()));
      }
      if (option.effect().isEmpty()) {
        throw new IllegalArgumentException(
            "Option '%s' of table '%s' does not say what it decides: add selecting(), addressing(), shaping() or pacing()"
                .formatted(option.name(), name));
      }
    }
  }

  private static TableSpec plain(
      String name, Optional<Pattern> pattern, Optional<TableMetadata> metadata) {
    boolean mayBeSnapshot =
        metadata.map(known -> known.type() == IngestionType.SNAPSHOT).orElse(true);
    return new TableSpec(
        name,
        pattern,
        metadata,
        Optional.empty(),
        List.of(),
        mayBeSnapshot
            ? List.of(
                BatchOptions.MAX_RECORDS,
                BatchOptions.KEEP_GENERATIONS,
                BatchOptions.KEEP_GENERATIONS_FOR)
            : List.of(BatchOptions.MAX_RECORDS));
  }

  /**
   * Returns a table whose ingestion type, primary key and cursor are known. A table that is
   * declared {@code cdc_with_deletes} may turn out to be {@code cdc}, where an option or the source
   * says so.
   */
  public static TableSpec of(String name, TableMetadata metadata) {
    return plain(name, Optional.empty(), Optional.of(metadata));
  }

  /** Returns a table for which only the source can tell how it is ingested. */
  public static TableSpec toldBySource(String name) {
    return plain(name, Optional.empty(), Optional.empty());
  }

  /**
   * Returns the spec of all other tables, which only the source can list.
   *
   * @param placeholder what lists show in place of their names, such as {@code objectTypeId}
   * @param pattern what their names look like
   */
  public static TableSpec others(String placeholder, Pattern pattern, TableMetadata metadata) {
    return plain("<" + placeholder + ">", Optional.of(pattern), Optional.of(metadata));
  }

  /** Returns the same table with these options added. */
  public TableSpec takes(Option<?>... more) {
    return takes(List.of(more));
  }

  /** Returns the same table with these options added. */
  public TableSpec takes(Collection<? extends Option<?>> more) {
    List<Option<?>> all = new ArrayList<>(more);
    all.addAll(options);
    return new TableSpec(name, pattern, metadata, columns, namespace, all);
  }

  /** Returns the same table with its schema, which is looked up when it is asked for. */
  public TableSpec columns(Supplier<Schema> schema) {
    return new TableSpec(name, pattern, metadata, Optional.of(schema), namespace, options);
  }

  /**
   * Returns the same table, as one that is in namespaces. Where a pipeline gives a namespace, it
   * gives none of the options that address the table.
   *
   * @param parts what the parts of a namespace are, the outermost first
   */
  public TableSpec in(String... parts) {
    return new TableSpec(name, pattern, metadata, columns, List.of(parts), options);
  }

  /** Returns whether this is the spec of the table with that name. */
  public boolean describes(String table) {
    return pattern.map(names -> names.matcher(table).matches()).orElse(name.equals(table));
  }

  /** Returns whether a connector may describe the table like this. */
  public boolean admits(TableMetadata told) {
    return metadata
        .map(declared -> told.equals(declared) || isWithoutDeletes(declared, told))
        .orElse(true);
  }

  private static boolean isWithoutDeletes(TableMetadata declared, TableMetadata told) {
    TableMetadata less = declared.withoutDeletes();
    return told.equals(told.lackOfDeletes().map(less::lackingDeletes).orElse(less));
  }
}
