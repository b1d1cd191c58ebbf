package dev.sluice.spi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * A table as its provider declares it: what is known of it before there is a connection, and the
 * options that it takes. What the runtime understands of every table ({@link BatchOptions}) is
 * among the options without being declared.
 *
 * @param name the table's name; of {@link #others}, a placeholder in angle brackets
 * @param pattern what the names of the other tables look like; empty for a table of this name
 * @param metadata how the table is ingested, see {@link #admits}; empty where the source tells
 * @param columns the table's schema, whatever its options are; empty where options or the source
 *     tell
 * @param namespace what the parts of its namespace are, such as {@code [owner, repository]}; empty
 *     for a table that lies in none
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
            ? List.of(BatchOptions.MAX_RECORDS, BatchOptions.KEEP_GENERATIONS)
            : List.of(BatchOptions.MAX_RECORDS));
  }

  /**
   * A table whose ingestion type, primary key and cursor are known. One that is declared {@code
   * cdc_with_deletes} may turn out to be {@code cdc}, where an option or the source says so.
   */
  public static TableSpec of(String name, TableMetadata metadata) {
    return plain(name, Optional.empty(), Optional.of(metadata));
  }

  /** A table of which only the source can tell how it is ingested. */
  public static TableSpec toldBySource(String name) {
    return plain(name, Optional.empty(), Optional.empty());
  }

  /**
   * All other tables: those that only the source can list.
   *
   * @param placeholder what stands for their names in lists, such as {@code objectTypeId}
   * @param pattern what their names look like
   */
  public static TableSpec others(String placeholder, Pattern pattern, TableMetadata metadata) {
    return plain("<" + placeholder + ">", Optional.of(pattern), Optional.of(metadata));
  }

  /** The same table, which takes these options, too. */
  public TableSpec takes(Option<?>... more) {
    return takes(List.of(more));
  }

  /** The same table, which takes these options, too. */
  public TableSpec takes(Collection<? extends Option<?>> more) {
    List<Option<?>> all = new ArrayList<>(more);
    all.addAll(options);
    return new TableSpec(name, pattern, metadata, columns, namespace, all);
  }

  /** The same table with its schema, which is looked up when it is asked for. */
  public TableSpec columns(Supplier<Schema> schema) {
    return new TableSpec(name, pattern, metadata, Optional.of(schema), namespace, options);
  }

  /**
   * The same table, which lies in namespaces. Where a pipeline gives a namespace, it gives none of
   * the options that address the table.
   *
   * @param parts what the parts of a namespace are, the outermost first
   */
  public TableSpec in(String... parts) {
    return new TableSpec(name, pattern, metadata, columns, List.of(parts), options);
  }

  /** Whether this is the spec of the table of that name. */
  public boolean describes(String table) {
    return pattern.map(names -> names.matcher(table).matches()).orElse(name.equals(table));
  }

  /** Whether a connector may describe the table so. */
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
