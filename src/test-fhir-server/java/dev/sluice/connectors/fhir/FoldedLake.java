package dev.sluice.connectors.fhir;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.proof.LakeInFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A table as a reader of the lake sees it: the latest version of each resource, without those that
 * were deleted since.
 */
final class FoldedLake {
  private final Map<String, JsonNode> resources = new TreeMap<>();
  private final Set<String> versions = new HashSet<>();
  private int rows;
  private int tombstones;

  static FoldedLake of(Path table) {
    var lake = new FoldedLake();
    for (String line : new LakeInFolder(table.resolve("data")).lines()) {
      JsonNode resource = parse(line);
      lake.rows++;
      lake.versions.add(id(resource) + "/" + resource.path("meta").path("versionId").asText());
      lake.resources.merge(
          id(resource), resource, (old, other) -> at(other).isBefore(at(old)) ? old : other);
    }
    Map<String, Instant> gone = new HashMap<>();
    List<String> deletes = new LakeInFolder(table.resolve("deletes")).lines();
    deletes.forEach(
        line ->
            gone.merge(
                id(parse(line)), at(parse(line)), (one, two) -> one.isBefore(two) ? two : one));
    lake.tombstones = deletes.size();
    lake.resources
        .values()
        .removeIf(
            resource ->
                gone.containsKey(id(resource))
                    && !gone.getOrDefault(id(resource), Instant.MIN).isBefore(at(resource)));
    return lake;
  }

  private static JsonNode parse(String line) {
    try {
      return Resources.MAPPER.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String id(JsonNode resource) {
    return resource.path("id").asText();
  }

  private static Instant at(JsonNode resource) {
    return OffsetDateTime.parse(resource.path("meta").path("lastUpdated").asText()).toInstant();
  }

  Map<String, JsonNode> resources() {
    return resources;
  }

  /** Lines of data. */
  int rows() {
    return rows;
  }

  /** Of all resources, each once. */
  int versions() {
    return versions.size();
  }

  int tombstones() {
    return tombstones;
  }
}
