package dev.sluice.pipeline;

import dev.sluice.lake.Compression;
import dev.sluice.runtime.report.PipelineTable;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorProvider;
import dev.sluice.spi.Namespace;
import dev.sluice.spi.Option;
import dev.sluice.spi.Options;
import dev.sluice.spi.PrimaryKey;
import dev.sluice.spi.Table;
import dev.sluice.spi.TableSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The grammar of a pipeline file: its keys and their values. */
final class PipelineFile {
  private static final Duration DEFAULT_TIME_BUDGET = Duration.ofMinutes(10);
  private static final int LONGEST_NAME = 100;

  private final Optional<Path> folder;
  private final Connectors connectors;
  private final Map<String, String> variables;

  private PipelineFile(
      Optional<Path> folder, Connectors connectors, Map<String, String> variables) {
    this.folder = folder;
    this.connectors = connectors;
    this.variables = variables;
  }

  static Pipeline read(Path file, Connectors connectors, Map<String, String> variables) {
    return parse(content(file), file, connectors, variables);
  }

  static Pipeline parse(
      String text, Path file, Connectors connectors, Map<String, String> variables) {
    Path folder = file.toAbsolutePath().resolveSibling("");
    return new PipelineFile(Optional.of(folder), connectors, variables)
        .pipeline(text, file.toString());
  }

  /** Reads a pipeline that is in no folder. */
  static Pipeline parse(String text, String origin, Connectors connectors) {
    return new PipelineFile(Optional.empty(), connectors, Map.of()).pipeline(text, origin);
  }

  private static String content(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      // Reads one more than is allowed, so that the size check sees that there is more.
      byte[] bytes = in.readNBytes(4 * Yaml.MAXIMUM_SIZE + 1);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (NoSuchFileException e) {
      throw ConnectorException.configuration("There is no pipeline file " + file, e);
    } catch (CharacterCodingException e) {
      throw ConnectorException.configuration(file + ": the file is not UTF-8 text", e);
    } catch (IOException e) {
      throw ConnectorException.configuration(
          "The pipeline file %s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  private Pipeline pipeline(String text, String origin) {
    Mapping root = Yaml.parse(text, origin).mapping();
    root.allow("name", "connector", "connection", "destination", "time_budget", "tables");
    String name = name(root.require("name"));
    ConnectorProvider connector = connector(root.require("connector"));
    var connection =
        Connection.parse(
            root.find("connection").map(Value::mapping).orElseGet(root::withoutEntries), connector);
    if (folder.isEmpty()) {
      connection.refuseLocal();
    }
    var destination = destination(root.require("destination").mapping());
    var timeBudget = root.find("time_budget").map(PipelineFile::time).orElse(DEFAULT_TIME_BUDGET);
    var tables = tables(root.require("tables"), connector);
    return new Pipeline(
        name, origin, folder, connector, connection, destination, timeBudget, tables);
  }

  private static String name(Value value) {
    String name = value.text();
    if (name.length() > LONGEST_NAME) {
      throw value
          .place()
          .error("%s has at most %d characters".formatted(value.label(), LONGEST_NAME));
    }
    if (!name.equals(name.strip()) || name.chars().anyMatch(Character::isISOControl)) {
      throw value
          .place()
          .error("%s has blanks at its ends or control characters".formatted(value.label()));
    }
    return name;
  }

  private ConnectorProvider connector(Value value) {
    String name = value.text();
    try {
      return connectors.require(name);
    } catch (ConnectorException e) {
      throw e.at(value.place().toString());
    }
  }

  private static Duration time(Value value) {
    try {
      return TimeText.parse(value.scalar());
    } catch (IllegalArgumentException e) {
      throw value.place().error(value.label() + ": " + e.getMessage(), e);
    }
  }

  private LakeLocation destination(Mapping mapping) {
    mapping.allow("uri", "format", "compression");
    mapping.find("format").ifPresent(PipelineFile::checkFormat);
    Value uri = mapping.require("uri");
    return LakeLocation.parse(
        folder.isPresent() ? uri.filled(variables) : uri,
        mapping.find("compression").map(PipelineFile::compression).orElse(Compression.ZSTD));
  }

  private static void checkFormat(Value value) {
    String format = value.text();
    if (format.equals("parquet")) {
      throw value.place().error("format 'parquet' is not available yet in this release; use jsonl");
    }
    if (!format.equals("jsonl")) {
      throw value.place().error("unknown format '%s'; known are jsonl, parquet".formatted(format));
    }
  }

  private static Compression compression(Value value) {
    return switch (value.text()) {
      case "zstd" -> Compression.ZSTD;
      case "gzip" -> Compression.GZIP;
      case "none" -> Compression.NONE;
      default ->
          throw value
              .place()
              .error(
                  "unknown compression '%s'; known are zstd, gzip, none".formatted(value.text()));
    };
  }

  private static List<TableEntry> tables(Value value, ConnectorProvider connector) {
    var tables = new ArrayList<TableEntry>();
    var places = new HashMap<String, Named>();
    for (Value item : value.list()) {
      var mapping = new Value(item.file(), "a table", item.node()).mapping();
      var table = table(mapping, connector);
      tables.add(table);
      String as = table.table().as();
      // file systems and catalogs take names for equal that differ in case alone
      var earlier = places.putIfAbsent(as.toLowerCase(Locale.ROOT), new Named(as, mapping.place()));
      if (earlier != null) {
        throw mapping
            .place()
            .error(
                "a second table lands as '%s'; the first is on line %d%s: give one of them another name with 'as'"
                    .formatted(
                        as,
                        earlier.place().line(),
                        earlier.name().equals(as)
                            ? ""
                            : ", as '%s', which is the same where case does not count"
                                .formatted(earlier.name())));
      }
    }
    return tables;
  }

  private record Named(String name, SourceLine place) {}

  private static TableEntry table(Mapping mapping, ConnectorProvider connector) {
    mapping.allow("table", "as", "namespace", "options", "primary_keys", "sequence_by");
    Value source = mapping.require("table");
    TableSpec spec = spec(source, connector);
    var namespace =
        mapping
            .find("namespace")
            .map(value -> NamespaceText.parse(value, spec))
            .orElse(Namespace.ROOT);
    var options =
        options(
            mapping.find("options").map(Value::mapping).orElseGet(mapping::withoutEntries),
            "table '" + name(source) + "'",
            spec.options(),
            namespace);
    var table =
        new PipelineTable(
            new Table(namespace, name(source), options),
            mapping.find("as").map(PipelineFile::name).orElse(name(source)),
            mapping.find("primary_keys").map(PipelineFile::primaryKey),
            mapping.find("sequence_by").map(Value::text));
    return new TableEntry(table, source.place());
  }

  private static TableSpec spec(Value table, ConnectorProvider connector) {
    try {
      return new DeclaredTables(connector).require(name(table));
    } catch (ConnectorException e) {
      throw e.at(table.place().toString());
    }
  }

  private static Options options(
      Mapping mapping, String table, List<Option<?>> known, Namespace namespace) {
    var declared = new DeclaredOptions(known, table);
    Map<String, String> values = new TreeMap<>();
    for (Mapping.Entry entry : mapping.entries()) {
      var option = declared.require(entry.key());
      if (isReplaced(option, namespace)) {
        throw entry
            .key()
            .place()
            .error(
                "option '%s' and 'namespace' both say where %s is; give one of them"
                    .formatted(option.name(), table));
      }
      String value = entry.value().joined();
      DeclaredOptions.check(option, value, entry.value().place());
      values.put(option.name(), value);
    }
    declared
        .without(option -> isReplaced(option, namespace))
        .checkPresent(values::containsKey, mapping.place(), table);
    return Options.of(values);
  }

  /** Returns whether the namespace gives what the option would. */
  private static boolean isReplaced(Option<?> option, Namespace namespace) {
    return !namespace.equals(Namespace.ROOT)
        && option.effect().equals(Optional.of(Option.Effect.ADDRESSES));
  }

  private static PrimaryKey primaryKey(Value value) {
    var fields = value.list().stream().map(Value::text).toList();
    if (fields.stream().distinct().count() != fields.size()) {
      throw value.place().error("%s names a field twice: %s".formatted(value.label(), fields));
    }
    return new PrimaryKey(fields);
  }
}
