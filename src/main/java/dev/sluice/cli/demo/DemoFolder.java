package dev.sluice.cli.demo;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.sluice.spi.ConnectorException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** The folder that the demo writes; it never touches one that is not its own. */
record DemoFolder(Path path) {
  static final String PIPELINE = "example-demo";
  private static final String MARKER = ".made-by-sluice-demo";

  /**
   * Empties what an earlier demo left, or makes the folder.
   *
   * @throws ConnectorException of kind {@code CONFIGURATION} when somebody else's files are there
   */
  static DemoFolder fresh(Path path) {
    var folder = new DemoFolder(path);
    try {
      if (Files.exists(path)) {
        folder.requireOwn();
        folder.empty();
      }
      Files.createDirectories(path);
      Files.writeString(path.resolve(MARKER), "The next demo empties this folder.\n");
      return folder;
    } catch (IOException e) {
      throw ConnectorException.configuration(
          "The demo cannot write into %s: %s".formatted(path, e), e);
    }
  }

  static boolean isLeftByEarlierDemo(Path path) {
    return Files.exists(path.resolve(MARKER));
  }

  private void requireOwn() throws IOException {
    if (isLeftByEarlierDemo(path)) {
      return;
    }
    try (var files = Files.list(path)) {
      if (files.findAny().isPresent()) {
        throw ConnectorException.configuration(
            "The folder %s holds files that are not from a demo; choose another with --dir"
                .formatted(path));
      }
    }
  }

  private void empty() throws IOException {
    for (String own : new String[] {"lake", "pipeline.yaml", "password.txt"}) {
      Path root = path.resolve(own);
      if (Files.exists(root)) {
        try (var files = Files.walk(root)) {
          for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(file);
          }
        }
      }
    }
  }

  /** Writes a pipeline file for the API and returns its path. */
  Path writePipeline(URI api) {
    Path file = path.resolve("pipeline.yaml");
    try {
      Files.writeString(path.resolve("password.txt"), "any will do\n");
      Files.writeString(file, pipeline(api));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
    return file;
  }

  private String pipeline(URI api) {
    return """
    name: %s
    connector: example
    connection:
      base_url: %s
      username: demo
      password: ${file:password.txt}   # beside this file
      proxy: none                      # the source is on this machine
    destination:
      uri: %s
    tables:
      - table: products                # snapshot
      - table: events                  # append
        options: { limit: 25 }
      - table: users                   # cdc
        options: { max_records_per_batch: 15 }
      - table: orders                  # cdc_with_deletes
        options: { max_records_per_batch: 40 }
      - table: metrics                 # cdc, a window of time at a time
        options: { window_seconds: 1200 }
    """
        .formatted(PIPELINE, api, TextNode.valueOf("file:" + lake().toAbsolutePath().normalize()));
  }

  private Path lake() {
    return path.resolve("lake");
  }

  Path tables() {
    return lake().resolve(PIPELINE);
  }

  LakeTableReader table(String name) {
    return LakeTableReader.in(tables().resolve(name));
  }
}
