package dev.sluice.pipeline;

import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.checkpoint.Reading;
import dev.sluice.runtime.report.PipelineTable;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorProvider;
import dev.sluice.spi.Option;
import dev.sluice.spi.Options;
import dev.sluice.spi.SourceConnector;
import dev.sluice.spi.Table;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A pipeline as its file describes it. It is checked; its secrets are not yet looked up. */
public final class Pipeline {
  private final String name;
  private final String origin;
  private final Optional<Path> folder;
  private final ConnectorProvider connector;
  private final Connection connection;
  private final LakeLocation destination;
  private final Duration timeBudget;
  private final List<TableEntry> entries;
  private final List<PipelineTable> tables;

  Pipeline(
      String name,
      String origin,
      Optional<Path> folder,
      ConnectorProvider connector,
      Connection connection,
      LakeLocation destination,
      Duration timeBudget,
      List<TableEntry> entries) {
    this.name = name;
    this.origin = origin;
    this.folder = folder;
    this.connector = connector;
    this.connection = connection;
    this.destination = destination;
    this.timeBudget = timeBudget;
    this.entries = List.copyOf(entries);
    this.tables = entries.stream().map(TableEntry::table).toList();
  }

  /**
   * Reads and checks a pipeline file. Calls no source and looks up no secret.
   *
   * @param variables the environment of the process, for {@code destination.uri}
   * @throws ConnectorException of kind {@code CONFIGURATION} that names the file and the line
   */
  public static Pipeline read(Path file, Connectors connectors, Map<String, String> variables) {
    return PipelineFile.read(file, connectors, variables);
  }

  /**
   * Checks a pipeline that does not come from a file on this machine. It cannot refer to the files
   * and the environment of this machine: who writes it need not be who may see them.
   *
   * @param origin names it in messages
   * @throws ConnectorException of kind {@code CONFIGURATION} that names the origin and the line
   */
  public static Pipeline parse(String text, String origin, Connectors connectors) {
    return PipelineFile.parse(text, origin, connectors);
  }

  public String name() {
    return name;
  }

  public ConnectorProvider connector() {
    return connector;
  }

  public LakeLocation destination() {
    return destination;
  }

  public Duration timeBudget() {
    return timeBudget;
  }

  public List<PipelineTable> tables() {
    return tables;
  }

  public Destination destination(PipelineTable table) {
    return new Destination(name, table.as());
  }

  /**
   * Returns the tables with one of these names, in the file's order; all tables when there are no
   * names. A name is a table's name in the lake or in the source.
   */
  public List<PipelineTable> select(List<String> names) {
    var selected = new LinkedHashSet<PipelineTable>();
    for (String wanted : names) {
      var found = named(wanted);
      if (found.isEmpty()) {
        throw ConnectorException.configuration(
            "The pipeline '%s' has no table '%s'; %s".formatted(name, wanted, hint(wanted)));
      }
      selected.addAll(found);
    }
    return names.isEmpty() ? tables : tables.stream().filter(selected::contains).toList();
  }

  private List<PipelineTable> named(String wanted) {
    var byDestination = tables.stream().filter(table -> table.as().equals(wanted)).toList();
    return byDestination.isEmpty()
        ? tables.stream().filter(table -> table.table().name().equals(wanted)).toList()
        : byDestination;
  }

  /**
   * Returns the table of this name with the options of the file; without options when it is not in
   * the file.
   *
   * @throws ConnectorException of kind {@code CONFIGURATION} when it is known without the source
   *     that there is no such table
   */
  public Table sourceTable(String wanted) {
    return named(wanted).stream()
        .findFirst()
        .map(PipelineTable::table)
        .orElseGet(() -> new DeclaredTables(connector).sourceTable(wanted));
  }

  /** Returns the options that the source's table accepts. */
  public List<Option<?>> options(Table table) {
    return new DeclaredTables(connector).require(table.name()).options();
  }

  /**
   * Checks whether the source has the pipeline's tables, as far as it tells without reading them.
   *
   * @throws ConnectorException that names the line of an entry that cannot be right
   */
  public void checkTables(SourceConnector source) {
    entries.forEach(entry -> entry.check(source, new DeclaredTables(connector)));
  }

  private String hint(String wanted) {
    return Spelling.of(tables.stream().map(PipelineTable::as).toList()).hint(wanted);
  }

  /** Returns where each table is stored, in the file's order. */
  List<Destination> destinations() {
    return tables.stream().map(this::destination).toList();
  }

  /**
   * Returns the connection options with their references looked up now.
   *
   * @param after secrets that were fetched from AWS before this time are fetched again
   */
  Options connectionOptions(Map<String, String> variables, Instant after, InstantSource clock) {
    return connection.resolve(new SecretSources(variables, folder, after, clock));
  }

  /**
   * Returns what is read of a table, as its offset has it; looks up no secret.
   *
   * @param variables the environment of the process
   */
  public Reading reading(PipelineTable table, Map<String, String> variables, InstantSource clock) {
    var sources = new SecretSources(variables, folder, Instant.MIN, clock);
    return Reading.of(connector, connection.resolveDeciding(sources), table.table());
  }

  @Override
  public String toString() {
    return "pipeline " + name + " (" + origin + ")";
  }
}
