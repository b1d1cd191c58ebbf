package dev.sluice.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.runtime.text.JsonText;
import dev.sluice.spi.ConnectorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Keeps the metadata of objects in separate files, named after the key and the hash of the object's
 * bytes. A sidecar is there before its object appears, so that the two appear in one step.
 */
final class Sidecars {
  private final Path folder;
  private final TemporaryFiles temporaryFiles;

  Sidecars(Path folder, TemporaryFiles temporaryFiles) {
    this.folder = folder;
    this.temporaryFiles = temporaryFiles;
  }

  /**
   * Writes the metadata of an object that is about to appear, unless another writer of the same
   * bytes under the same key was first: its metadata describes the same records.
   */
  void createIfAbsent(String key, String hash, Map<String, String> metadata) throws IOException {
    var json = JsonText.object();
    new TreeMap<>(metadata).forEach(json::put);
    try (TemporaryFile file = temporaryFiles.create()) {
      file.write(json + "\n");
      file.linkTo(sidecar(key, hash));
    }
  }

  Optional<Map<String, String>> read(String key, String hash) throws IOException {
    try {
      JsonNode json = JsonText.read(Files.readString(sidecar(key, hash)));
      var metadata = new HashMap<String, String>();
      json.properties().forEach(entry -> metadata.put(entry.getKey(), entry.getValue().asText()));
      return Optional.of(metadata);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (JsonProcessingException e) {
      throw ConnectorException.configuration(
          "The metadata of object %s in %s is damaged".formatted(key, folder), e);
    }
  }

  void delete(String key, String hash) throws IOException {
    Files.deleteIfExists(sidecar(key, hash));
  }

  private Path sidecar(String key, String hash) {
    return folder.resolve(key + "." + hash + ".json");
  }
}
