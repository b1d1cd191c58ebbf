package dev.sluice.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.ZstdInputStream;
import dev.sluice.spi.SourceRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A pipeline's tables in a bucket, read as anybody would: by listing. */
public final class BucketLake {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final S3Client s3;
  private final String bucket;
  private final String prefix;

  /**
   * A lake.
   *
   * @param prefix of the pipeline, with a slash at its end
   */
  BucketLake(S3Client s3, String bucket, String prefix) {
    this.s3 = s3;
    this.bucket = bucket;
    this.prefix = prefix;
  }

  /** The keys below the prefix, in their order. */
  List<String> keys() {
    return keys("");
  }

  /** The table's microbatches of all generations, in their order. */
  List<String> batches(String table) {
    return keys(table + "/data/");
  }

  private List<String> keys(String folder) {
    return s3
        .listObjectsV2Paginator(request -> request.bucket(bucket).prefix(prefix + folder))
        .contents()
        .stream()
        .map(S3Object::key)
        .sorted()
        .toList();
  }

  /** The records in the generation to read, in their order. */
  List<JsonNode> records(String table) {
    String generation =
        parse(new String(bytes(prefix + table + "/current.json"), UTF_8)).path("path").asText();
    return keys(table + "/" + generation + "/").stream()
        .flatMap(key -> new String(unpacked(key), UTF_8).lines())
        .map(line -> SourceRecord.of(line).tree())
        .toList();
  }

  /** Everything below the prefix as it lies there, uncompressed where it is compressed. */
  Map<String, String> contents() {
    var contents = new TreeMap<String, String>();
    for (String key : keys()) {
      var object = s3.getObjectAsBytes(request -> request.bucket(bucket).key(key));
      contents.put(key, object.response().metadata() + new String(unpacked(key), UTF_8));
    }
    return contents;
  }

  private byte[] unpacked(String key) {
    byte[] bytes = bytes(key);
    if (!key.endsWith(".zst")) {
      return bytes;
    }
    try (var in = new ZstdInputStream(new ByteArrayInputStream(bytes))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(key, e);
    }
  }

  private byte[] bytes(String key) {
    return s3.getObjectAsBytes(request -> request.bucket(bucket).key(key)).asByteArray();
  }

  private static JsonNode parse(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError("Not JSON: " + json, e);
    }
  }
}
