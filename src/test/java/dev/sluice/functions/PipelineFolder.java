package dev.sluice.functions;

import dev.sluice.runtime.text.KeySegment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Pipelines in files, and the lake that they fill, below a folder of a test. */
public final class PipelineFolder {
  static final String SECRET = "hunter2-canary";

  private final Path folder;

  public PipelineFolder(Path folder) {
    this.folder = folder;
  }

  /** A pipeline of the letters; each table is a name or a YAML flow mapping. */
  public PipelineFolder letters(String name, String... tables) {
    return write(name, lettersText(name, tables));
  }

  String lettersText(String name, String... tables) {
    return text(name, "letters", "  token: ${env:TOKEN}\n", tables);
  }

  /** A pipeline of the simulated source. */
  PipelineFolder example(String name, URI source, String... tables) {
    String connection =
        "  base_url: %s\n  username: somebody\n  password: ${env:TOKEN}\n".formatted(source);
    return write(name, text(name, "example", connection, tables));
  }

  private String text(String name, String connector, String connection, String... tables) {
    var text =
        new StringBuilder(
            """
            name: "%s"
            connector: %s
            connection:
            %sdestination:
              uri: "file:%s"
              compression: none
            tables:
            """
                .formatted(name, connector, connection, lake()));
    for (String table : tables) {
      text.append(table.startsWith("{") ? "  - " + table : "  - table: " + table).append('\n');
    }
    return text.toString();
  }

  PipelineFolder write(String name, String text) {
    try {
      Files.createDirectories(folder.resolve("pipelines"));
      Files.writeString(
          folder.resolve("pipelines").resolve(KeySegment.encode(name) + ".yaml"), text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path lake() {
    return folder.resolve("lake");
  }

  /** What a deployment with these pipelines has in its environment. */
  public Map<String, String> variables() {
    var variables = new HashMap<String, String>();
    variables.put("SLUICE_PIPELINES", folder.resolve("pipelines").toString());
    variables.put("TOKEN", SECRET);
    return variables;
  }

  /** The records of a table, in the order in which they landed. */
  List<String> landed(String pipeline, String table) {
    Path data = lake().resolve(pipeline).resolve(table).resolve("data");
    if (!Files.isDirectory(data)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(data)) {
      return files.filter(Files::isRegularFile).sorted().flatMap(PipelineFolder::lines).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
