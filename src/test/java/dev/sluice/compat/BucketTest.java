package dev.sluice.compat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A bucket and its checkpoints in DynamoDB: {@code users} has an offset that is too large for an
 * item and for an object's metadata, {@code orders} has deletes, {@code products} was reset.
 */
class BucketTest {
  private static final List<Item> USERS =
      Stream.concat(
              Item.tied("u", 100, 529, Duration.ofMinutes(5)).stream(),
              Item.range("u", 6, 8).stream())
          .toList();

  private static final ExampleApi API =
      new ExampleApi()
          .pagesOf(50)
          .with("products/records", Item.range("p", 1, 7))
          .with("users/records", USERS)
          .with("orders/records", Item.range("o", 1, 6))
          .with("orders/deleted_records", Item.range("o", 21, 120));

  @TempDir Path folder;
  private Bucket bucket;

  @BeforeEach
  void start() throws Exception {
    bucket = Bucket.start();
  }

  @AfterEach
  void close() {
    bucket.close();
  }

  /** The API as it was when everything was written: it fails in the middle. */
  private static Source.Answer failing(Source.Call call) {
    return call.line()
            .matches(".*/users/records.*page=9|.*/deleted_records.*since=2026-01-10T01:.*")
        ? new Source.Answer(500, Map.of(), "{\"message\":\"broken\"}")
        : API.answer(call);
  }

  @Test
  void everythingIsReadOn() throws IOException {
    bucket.load(Past.file("aws"));
    try (var source = Source.start(API)) {
      var past = Past.inBucket(folder, bucket, source);
      assertThat(past.state()).isNotEmpty().isEqualTo(past.stateThen());

      past.sync("users");
      past.sync("orders");
      past.sync("products");

      assertThat(source.first("/users/records"))
          .isEqualTo("GET /tables/users/records?since=2026-01-10T00:04:59.999999+00:00");
      assertThat(source.first("/deleted_records"))
          .isEqualTo("GET /tables/orders/deleted_records?since=2026-01-10T01:09:59.999999+00:00");
    }
    assertThat(bucket.records("raw/aws/users/data/g=000001/"))
        .containsExactlyInAnyOrderElementsOf(Item.names(USERS));
    assertThat(bucket.records("raw/aws/orders/data/g=000001/"))
        .containsExactlyElementsOf(Item.names(Item.range("o", 1, 6)));
    assertThat(bucket.records("raw/aws/orders/deletes/g=000001/"))
        .containsExactlyElementsOf(Item.names(Item.range("o", 21, 120)));
    assertHistoryGoesOn("aws users#data");
    assertHistoryGoesOn("aws orders#deletes");
  }

  private static JsonNode item(Map<String, JsonNode> items, String key) {
    return Objects.requireNonNull(items.get(key), key);
  }

  private void assertHistoryGoesOn(String key) throws IOException {
    JsonNode then = item(Bucket.items(Past.file("aws")), key).at("/history/L");
    JsonNode now = item(bucket.items(), key).at("/history/L");
    int added = now.size() - then.size();
    assertThat(added).isPositive();
    for (int i = 0; i < then.size(); i++) {
      assertThat(now.get(added + i)).isEqualTo(then.get(i));
    }
  }

  /**
   * May be more than it was then, but what was written then is written now, as it was. Left out are
   * offsets, in which a connector writes what it likes, and the texts of errors.
   */
  @Test
  void sameItemsAndObjectsAreWritten() throws IOException {
    try (var source = Source.start(BucketTest::failing)) {
      Past.inBucket(folder, bucket, source).writeAgain();
    }

    Map<String, JsonNode> items = bucket.items();
    var then = Bucket.items(Past.file("aws"));
    assertThat(items.keySet()).containsExactlyInAnyOrderElementsOf(then.keySet());
    then.forEach((key, item) -> assertContains(item(items, key), item, key));
    var metadata = bucket.metadata();
    var metadataThen = Bucket.metadata(Past.file("aws"));
    metadataThen.keySet().removeIf(key -> key.contains("/offsets/"));
    assertThat(metadata.keySet()).containsAll(metadataThen.keySet());
    metadataThen.forEach(
        (key, entries) ->
            entries.forEach(
                (name, value) -> {
                  if (!isFree(name)) {
                    assertThat(metadata.get(key)).as(key).containsEntry(name, value);
                  }
                }));
  }

  private static void assertContains(JsonNode now, JsonNode then, String place) {
    if (!then.isContainerNode()) {
      assertThat(now).as(place).isEqualTo(then);
      return;
    }
    assertThat(now.getNodeType()).as(place).isEqualTo(then.getNodeType());
    for (int i = 0; i < then.size() && then.isArray(); i++) {
      assertContains(now.path(i), then.get(i), place + "[" + i + "]");
    }
    then.properties().stream()
        .filter(field -> !isFree(field.getKey()))
        .forEach(
            field ->
                assertContains(
                    now.path(field.getKey()), field.getValue(), place + ": " + field.getKey()));
  }

  /** How many leases it takes is no part of what is saved either. */
  private static boolean isFree(String name) {
    return name.startsWith("lease_")
        || name.startsWith("offset")
        || name.startsWith("end-offset")
        || name.equals("failure");
  }
}
