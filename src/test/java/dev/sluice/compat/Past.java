package dev.sluice.compat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.luben.zstd.ZstdInputStream;
import dev.sluice.cli.Cli;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * What an earlier release has left behind, in a folder where the present one goes on with it: a
 * pipeline file, its lake and its checkpoints.
 *
 * <p>Only this class knows how a command is run.
 */
final class Past {
  /** Stands in what was written for the URL of the source. */
  static final String SOURCE = "http://source.test";

  /** Stands in what was written for the lake. */
  static final String LAKE = "file:./lake";

  /** A day after everything was written. */
  static final Instant NOW = Instant.parse("2026-01-11T16:00:00Z");

  private static final Instant THEN = NOW.minus(Duration.ofDays(1));

  private static final Path ALL = Path.of("src/test/resources/dev/sluice/compat");
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Path folder;
  private final Cli cli;

  private Past(Path folder, Cli cli) {
    this.folder = folder;
    this.cli = cli;
  }

  /** Copies what was written under a name, as if its source had been this one. */
  static Past of(Path folder, String name, Source source) {
    copy(file("lakes/" + name), folder, source);
    return new Past(folder, new Cli(folder).at(NOW));
  }

  /** The same of a pipeline that writes into a bucket. */
  static Past inBucket(Path folder, Bucket bucket, Source source) {
    copy(file("aws"), folder, source);
    return new Past(folder, new Cli(folder).at(NOW).with(bucket.variables()));
  }

  private static void copy(Path then, Path folder, Source source) {
    try (Stream<Path> files = Files.walk(then)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = folder.resolve(then.relativize(file));
        Files.createDirectories(copy.getParent());
        if (file.toString().matches(".*\\.(json|yaml)")) {
          String text = Files.readString(file).replace(SOURCE, source.url());
          Files.writeString(copy, text.replace(LAKE, "file:" + folder.resolve("lake")));
        } else {
          Files.copy(file, copy);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes everything into an empty bucket that was written then, at the time that it was then. */
  void writeAgain() {
    cli.at(THEN);
    run("sync");
    run("state", "reset", "--yes", "--table", "products");
  }

  /** A file of those that were written. */
  static Path file(String name) {
    return ALL.resolve(name);
  }

  /** Changes the pipeline file. */
  void rewrite(String from, String to) {
    try {
      Path file = folder.resolve("pipeline.yaml");
      Files.writeString(file, Files.readString(file).replace(from, to));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Cli.Result run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("-p", folder.resolve("pipeline.yaml").toString()));
    return cli.run(all.toArray(String[]::new));
  }

  /** What {@code state show} showed when it was written. */
  JsonNode stateThen() {
    try {
      return MAPPER.readTree(folder.resolve("state.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What {@code state show} shows now, of what it showed then: readings came later. */
  JsonNode state() {
    JsonNode rows = read(run("state", "show", "-o", "json").out());
    rows.forEach(row -> ((ObjectNode) row).remove("reading"));
    return rows;
  }

  /** The row of {@link #state} for the flow of a table. */
  JsonNode state(String table, String flow) {
    for (JsonNode row : state()) {
      if (row.path("as").asText().equals(table) && row.path("flow").asText().equals(flow)) {
        return row;
      }
    }
    throw new AssertionError("No state of the %s of %s".formatted(flow, table));
  }

  /** Syncs a table, which catches up; its report. */
  JsonNode sync(String table) {
    var result = run("sync", "--table", table, "-o", "json");
    assertThat(result.code()).as(result.out() + result.err()).isZero();
    JsonNode report = read(result.out()).at("/tables/0");
    assertThat(report.path("outcome").asText()).isEqualTo("CAUGHT_UP");
    return report;
  }

  /** Syncs a table, which fails; what it says. */
  String syncToFailure(String table) {
    var result = run("sync", "--table", table, "-o", "json");
    assertThat(result.code()).as(result.out() + result.err()).isNotZero();
    return read(result.out()).at("/tables/0/error/message").asText();
  }

  private static JsonNode read(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The records of a table as a reader finds them, by {@link Item#name}, in their order. */
  List<String> records(String table) {
    return records(table, "data");
  }

  /** The tombstones of a table, by {@link Item#name}. */
  List<String> deletes(String table) {
    return records(table, "deletes");
  }

  /** The generation that readers are shown. */
  int current(String table) {
    return pointer(table).path("generation").asInt();
  }

  private JsonNode pointer(String table) {
    return read(text(tableFolder(table).resolve("current.json")));
  }

  private List<String> records(String table, String flow) {
    Path generation = tableFolder(table).resolve(pointer(table).path("path").asText());
    return records(Path.of(generation.toString().replace("/data/", "/" + flow + "/")));
  }

  /** The records in a generation, whether readers are shown it or not. */
  List<String> recordsOfGeneration(String table, int generation) {
    return records(tableFolder(table).resolve("data/g=%06d".formatted(generation)));
  }

  private static List<String> records(Path generation) {
    return objects(generation).stream()
        .flatMap(object -> text(object).lines())
        .map(line -> name(read(line)))
        .toList();
  }

  /** The names of the objects of a table's data, the generation included. */
  List<String> objects(String table) {
    Path data = tableFolder(table).resolve("data");
    return objects(data).stream().map(object -> data.relativize(object).toString()).toList();
  }

  private static List<Path> objects(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path tableFolder(String table) {
    String pipeline =
        text(folder.resolve("pipeline.yaml")).replaceFirst("(?s)name: (\\S+).*", "$1");
    return folder.resolve("lake").resolve(pipeline).resolve(table);
  }

  private static String text(Path file) {
    try (InputStream in = open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream open(Path file) throws IOException {
    InputStream in = Files.newInputStream(file);
    return file.toString().endsWith(".gz")
        ? new GZIPInputStream(in)
        : file.toString().endsWith(".zst") ? new ZstdInputStream(in) : in;
  }

  /** The {@link Item#name} of a record. */
  static String name(JsonNode json) {
    String key =
        json.has("sha")
            ? json.path("sha").asText()
            : json.has("id") ? json.path("id").asText() : json.elements().next().asText();
    JsonNode revision =
        Stream.of("/revision", "/properties/revision", "/meta/versionId")
            .map(json::at)
            .filter(node -> !node.isMissingNode())
            .findFirst()
            .orElse(json.path("revision"));
    return key + "@" + revision.asInt();
  }
}
