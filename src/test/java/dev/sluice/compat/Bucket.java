package dev.sluice.compat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.aws.emulator.DynamoDbEmulator;
import dev.sluice.aws.emulator.Emulated;
import dev.sluice.aws.emulator.S3Emulator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A bucket and a table of checkpoints in emulators.
 *
 * <p>Only this class knows how an item and an object are written down: {@code items.json} has the
 * items as DynamoDB's own JSON, {@code metadata.json} the metadata of the objects by their keys,
 * {@code objects} the objects themselves.
 */
final class Bucket implements AutoCloseable {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final DynamoDbEmulator dynamoDb;
  private final S3Emulator s3;

  private Bucket(DynamoDbEmulator dynamoDb, S3Emulator s3) {
    this.dynamoDb = dynamoDb;
    this.s3 = s3;
  }

  /** An empty one. */
  static Bucket start() throws Exception {
    return new Bucket(DynamoDbEmulator.start(), S3Emulator.start());
  }

  /** The environment of a command. */
  Map<String, String> variables() {
    Map<String, String> variables = new HashMap<>(Emulated.variables());
    variables.put("SLUICE_CHECKPOINT_TABLE", DynamoDbEmulator.TABLE);
    variables.put("AWS_ENDPOINT_URL_S3", s3.endpoint().toString());
    variables.put("AWS_ENDPOINT_URL_DYNAMODB", dynamoDb.endpoint().toString());
    return variables;
  }

  /** Puts everything there that was written down in a folder. */
  void load(Path folder) throws IOException {
    JsonNode metadata = MAPPER.readTree(folder.resolve("metadata.json").toFile());
    for (var object : metadata.properties()) {
      Map<String, String> entries = new TreeMap<>();
      object
          .getValue()
          .properties()
          .forEach(one -> entries.put(one.getKey(), one.getValue().asText()));
      s3.client()
          .putObject(
              request -> request.bucket(S3Emulator.BUCKET).key(object.getKey()).metadata(entries),
              RequestBody.fromFile(folder.resolve("objects").resolve(object.getKey())));
    }
    for (JsonNode item : MAPPER.readTree(folder.resolve("items.json").toFile())) {
      dynamoDb
          .client()
          .putItem(request -> request.tableName(DynamoDbEmulator.TABLE).item(map(item)));
    }
  }

  /** The items as {@link #load} takes them, by their keys. */
  Map<String, JsonNode> items() {
    Map<String, JsonNode> items = new TreeMap<>();
    dynamoDb.client().scan(request -> request.tableName(DynamoDbEmulator.TABLE)).items().stream()
        .map(Bucket::json)
        .forEach(item -> items.put(key(item), item));
    return items;
  }

  /** The items that were written down, by their keys. */
  static Map<String, JsonNode> items(Path folder) throws IOException {
    JsonNode items = MAPPER.readTree(folder.resolve("items.json").toFile());
    return StreamSupport.stream(items.spliterator(), false)
        .collect(Collectors.toMap(Bucket::key, item -> item));
  }

  private static String key(JsonNode item) {
    return item.at("/pipeline/S").asText() + " " + item.at("/table_flow/S").asText();
  }

  /** The metadata of the objects, by their keys. */
  Map<String, Map<String, String>> metadata() {
    Map<String, Map<String, String>> metadata = new TreeMap<>();
    for (String key : keys("")) {
      metadata.put(
          key,
          s3.client().headObject(request -> request.bucket(S3Emulator.BUCKET).key(key)).metadata());
    }
    return metadata;
  }

  /** The metadata that was written down, by the keys of the objects. */
  static Map<String, Map<String, String>> metadata(Path folder) throws IOException {
    Map<String, Map<String, String>> metadata = new TreeMap<>();
    for (var object : MAPPER.readTree(folder.resolve("metadata.json").toFile()).properties()) {
      Map<String, String> entries = new TreeMap<>();
      object
          .getValue()
          .properties()
          .forEach(one -> entries.put(one.getKey(), one.getValue().asText()));
      metadata.put(object.getKey(), entries);
    }
    return metadata;
  }

  private List<String> keys(String prefix) {
    return s3
        .client()
        .listObjectsV2Paginator(request -> request.bucket(S3Emulator.BUCKET).prefix(prefix))
        .contents()
        .stream()
        .map(S3Object::key)
        .sorted()
        .toList();
  }

  private byte[] object(String key) {
    return s3.client()
        .getObjectAsBytes(request -> request.bucket(S3Emulator.BUCKET).key(key))
        .asByteArray();
  }

  /** The records below a prefix, by {@link Item#name}, in their order. */
  List<String> records(String prefix) {
    return keys(prefix).stream().flatMap(key -> lines(object(key)).stream()).toList();
  }

  private static List<String> lines(byte[] object) {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(object))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(Bucket::read)
          .map(Past::name)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode read(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, AttributeValue> map(JsonNode item) {
    Map<String, AttributeValue> map = new TreeMap<>();
    item.properties()
        .forEach(attribute -> map.put(attribute.getKey(), value(attribute.getValue())));
    return map;
  }

  private static AttributeValue value(JsonNode typed) {
    var entry = typed.properties().iterator().next();
    JsonNode value = entry.getValue();
    return switch (entry.getKey()) {
      case "S" -> AttributeValue.fromS(value.asText());
      case "N" -> AttributeValue.fromN(value.asText());
      case "M" -> AttributeValue.fromM(map(value));
      case "L" ->
          AttributeValue.fromL(
              StreamSupport.stream(value.spliterator(), false).map(Bucket::value).toList());
      default -> throw new IllegalArgumentException("Unknown type: " + entry.getKey());
    };
  }

  private static ObjectNode json(Map<String, AttributeValue> item) {
    ObjectNode json = MAPPER.createObjectNode();
    new TreeMap<>(item).forEach((name, value) -> json.set(name, json(value)));
    return json;
  }

  private static ObjectNode json(AttributeValue value) {
    ObjectNode json = MAPPER.createObjectNode();
    return switch (value.type()) {
      case S -> json.put("S", value.s());
      case N -> json.put("N", value.n());
      case M -> json.set("M", json(value.m()));
      case L -> {
        var list = json.putArray("L");
        value.l().forEach(one -> list.add(json(one)));
        yield json;
      }
      default -> throw new IllegalArgumentException("Unknown type: " + value.type());
    };
  }

  @Override
  public void close() {
    s3.close();
    dynamoDb.close();
  }
}
