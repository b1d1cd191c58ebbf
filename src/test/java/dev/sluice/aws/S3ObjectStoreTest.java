package dev.sluice.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.aws.emulator.S3Emulator;
import dev.sluice.lake.Document;
import dev.sluice.lake.ObjectStore;
import dev.sluice.lake.ObjectStoreContract;
import dev.sluice.lake.StoredObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;

@Tag("aws")
class S3ObjectStoreTest extends ObjectStoreContract {
  private static final AtomicInteger TESTS = new AtomicInteger();
  private static S3Emulator s3;

  private final String prefix = "test-%d/".formatted(TESTS.incrementAndGet());

  @BeforeAll
  static void start() throws Exception {
    s3 = S3Emulator.start();
  }

  @AfterAll
  static void stop() {
    s3.close();
  }

  @Override
  protected ObjectStore store() {
    return new S3ObjectStore(s3.client(), S3Emulator.BUCKET, prefix);
  }

  @Test
  void prefixesOfABucketDoNotSeeEachOther() {
    var other = new S3ObjectStore(s3.client(), S3Emulator.BUCKET, prefix + "b/");
    store().createIfAbsent("a/1", payload("outer"), Map.of());
    other.createIfAbsent("a/1", payload("inner"), Map.of());

    other.delete(List.of("a/1"));

    assertThat(store().list("")).containsExactly("a/");
    assertThat(store().find("a/1")).isPresent();
    assertThat(other.list("")).isEmpty();
  }

  @Test
  void wholeBucketMayBeTheLake() {
    var bucket = new S3ObjectStore(s3.client(), S3Emulator.BUCKET, "");

    store().createIfAbsent("a/1", payload("x"), Map.of());

    assertThat(bucket.list(prefix)).containsExactly(prefix + "a/");
    assertThat(bucket.find(prefix + "a/1")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lake", "/", "/lake/"})
  void prefixThatWouldMingleWithOthersIsRefused(String wrong) {
    assertThatThrownBy(() -> new S3ObjectStore(s3.client(), S3Emulator.BUCKET, wrong))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void foldersThatSomebodyMadeInTheConsoleAreNoObjects() {
    store().createIfAbsent("t/g=000001/1.x", payload("x"), Map.of());
    for (String folder : List.of("t/", "t/g=000001/")) {
      putEmpty(prefix + folder);
    }

    assertThat(store().list("t/")).containsExactly("t/g=000001/");
    assertThat(store().list("t/g=000001/")).containsExactly("t/g=000001/1.x");
  }

  /** The emulator has closed the connections on which it refused requests of other tests. */
  private static void putEmpty(String key) {
    for (int closed = 0; ; closed++) {
      try {
        s3.client()
            .putObject(request -> request.bucket(S3Emulator.BUCKET).key(key), RequestBody.empty());
        return;
      } catch (SdkClientException e) {
        if (closed == 5) {
          throw e;
        }
      }
    }
  }

  @Test
  void moreObjectsThanOneAnswerHoldsAreListedAndDeleted() throws Exception {
    var keys = IntStream.range(0, 1010).mapToObj("t/%04d"::formatted).toList();
    ObjectStore store = store();
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (var created :
          threads.invokeAll(
              keys.stream()
                  .<Callable<StoredObject>>map(
                      key -> () -> store.createIfAbsent(key, payload("x"), Map.of()))
                  .toList())) {
        created.get();
      }
    }

    List<String> before = store.list("t/");
    store.delete(keys);

    assertThat(before).isEqualTo(keys);
    assertThat(store.list("t/")).isEmpty();
  }

  @Test
  void versionOfADocumentIsItsETag() {
    store().replace("t/current.json", Optional.empty(), "1");

    String tag =
        s3.client()
            .headObject(request -> request.bucket(S3Emulator.BUCKET).key(prefix + "t/current.json"))
            .eTag();

    assertThat(store().document("t/current.json")).contains(new Document("1", tag));
  }
}
