package dev.sluice.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.luben.zstd.ZstdInputStream;
import dev.sluice.cli.terminal.JsonDocument;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A reader of a table in a folder of a lake. It reads the published generation, folded by primary
 * key, without the records that the deletes flow names. Small tables only: all of it is in memory.
 */
final class LakeTableReader {
  private final Path folder;
  private final List<String> primaryKeys;
  private final String cursorField;

  private LakeTableReader(Path folder, JsonNode description) {
    this.folder = folder;
    this.primaryKeys =
        description.path("primary_keys").valueStream().map(JsonNode::asText).toList();
    this.cursorField = description.path("cursor_field").asText();
  }

  static LakeTableReader in(Path folder) {
    return new LakeTableReader(folder, JsonDocument.read(text(folder.resolve("schema.json"))));
  }

  /** Returns the compressed files of the flow in the generation to read, in order. */
  List<Path> files(String flow) {
    String path = JsonDocument.read(text(folder.resolve("current.json"))).path("path").asText();
    Path generation = folder.resolve(path.replaceFirst("^data/", flow + "/"));
    if (!Files.isDirectory(generation)) {
      return List.of();
    }
    try (var files = Files.list(generation)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list " + generation, e);
    }
  }

  /** Returns the records that remain, in no order. */
  List<JsonNode> records() {
    var live = fold("data");
    fold("deletes")
        .forEach(
            (key, tombstone) ->
                live.computeIfPresent(
                    key, (same, record) -> isLater(record, tombstone) ? record : null));
    return new ArrayList<>(live.values());
  }

  private boolean isLater(JsonNode record, JsonNode tombstone) {
    return record.path(cursorField).asText().compareTo(tombstone.path(cursorField).asText()) > 0;
  }

  private Map<String, JsonNode> fold(String flow) {
    var latest = new HashMap<String, JsonNode>();
    for (Path file : files(flow)) {
      try (var lines = reader(file)) {
        lines.lines().map(JsonDocument::read).forEach(record -> latest.put(key(record), record));
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot read " + file, e);
      }
    }
    return latest;
  }

  private String key(JsonNode record) {
    return primaryKeys.stream().map(field -> record.path(field).toString()).toList().toString();
  }

  private static BufferedReader reader(Path file) throws IOException {
    return new BufferedReader(
        new InputStreamReader(
            new ZstdInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }
}
