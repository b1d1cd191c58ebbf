package dev.sluice.proof.failpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.ZstdInputStream;
import dev.sluice.lake.ObjectStore;
import dev.sluice.spi.SourceRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A table as anybody reads it: by pointer and listing.
 *
 * @param folder with a slash at its end
 */
record TableInLake(ObjectStore lake, String folder) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** The path of the generation to read. */
  String current() {
    return document("current.json").path("path").asText();
  }

  JsonNode document(String name) {
    try {
      return MAPPER.readTree(lake.document(folder + name).orElseThrow().text());
    } catch (IOException e) {
      throw new UncheckedIOException(folder + name, e);
    }
  }

  /** The names of a flow's generations. */
  List<String> generations(String flow) {
    return lake.list(folder + flow + "/").stream()
        .map(name -> name.substring(folder.length(), name.length() - 1))
        .toList();
  }

  /** The numbers of a generation's objects, in their order. */
  List<Long> numbers(String generation) {
    return objects(generation).stream()
        .map(key -> Long.valueOf(key.replaceAll(".*/|[.].*", "")))
        .toList();
  }

  /** The records of a generation, in their order. */
  List<String> records(String generation) {
    return objects(generation).stream().flatMap(key -> lines(key).stream()).toList();
  }

  private List<String> objects(String generation) {
    return lake.list(folder + generation + "/");
  }

  private List<String> lines(String key) {
    try (var in = new ZstdInputStream(lake.read(key))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> SourceRecord.of(line).tree().toString())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(key, e);
    }
  }
}
