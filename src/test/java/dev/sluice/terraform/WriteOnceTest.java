package dev.sluice.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.aws.S3ObjectStore;
import dev.sluice.aws.emulator.S3Emulator;
import dev.sluice.lake.Compression;
import dev.sluice.lake.ObjectStoreLake;
import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.runtime.lake.BatchLog;
import dev.sluice.runtime.lake.BatchMetadata;
import dev.sluice.runtime.lake.BatchMetadata.Kind;
import dev.sluice.runtime.lake.Payload;
import dev.sluice.runtime.lake.PendingBatch;
import dev.sluice.runtime.lake.PublishedGeneration;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Offset;
import dev.sluice.spi.SourceRecord;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Everything that a lake writes passes the statement {@code WriteOnce} of the bucket's policy. */
final class WriteOnceTest {
  private static final Destination TABLE = new Destination("acme", "users");

  /** From here on an object is uploaded in parts. */
  private static final int LARGE = 64 << 20;

  private static S3Emulator s3;

  private Guarded client;
  private S3ObjectStore store;

  /** S3 under the policy, whose conditions the emulator does not know. */
  private static final class Guarded extends DelegatingS3Client {
    private static final Pattern WRITTEN_ONCE = Pattern.compile("raw/acme/.*/(data|deletes)/.*");

    private final List<String> created = new ArrayList<>();

    Guarded(S3Client client) {
      super(client);
    }

    @Override
    public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
      requireCondition(request.key(), request.ifNoneMatch());
      return super.putObject(request, body);
    }

    @Override
    public CompleteMultipartUploadResponse completeMultipartUpload(
        CompleteMultipartUploadRequest request) {
      requireCondition(request.key(), request.ifNoneMatch());
      return super.completeMultipartUpload(request);
    }

    private void requireCondition(String key, @Nullable String ifNoneMatch) {
      if (WRITTEN_ONCE.matcher(key).matches()) {
        if (ifNoneMatch == null) {
          throw S3Exception.builder().statusCode(403).message("AccessDenied: " + key).build();
        }
        created.add(key);
      }
    }
  }

  private record Zeros(long size) implements Payload {
    @Override
    public InputStream open() {
      return new ByteArrayInputStream(new byte[(int) size]);
    }
  }

  @BeforeAll
  static void start() throws Exception {
    s3 = S3Emulator.start();
  }

  @AfterAll
  static void stop() {
    s3.close();
  }

  @BeforeEach
  void connect() {
    client = new Guarded(s3.client());
    store = new S3ObjectStore(client, S3Emulator.BUCKET, "raw/");
  }

  @Test
  void microbatchesFormatsAndOffsetsAreCreatedAndPointersReplaced() {
    var lake = new ObjectStoreLake(store, Compression.NONE);
    for (int generation = 1; generation <= 2; generation++) {
      for (Flow flow : Flow.values()) {
        commit(lake.log(TABLE, flow), generation);
      }
      lake.publish(TABLE, new PublishedGeneration(generation, Optional.empty()));
    }
    lake.log(TABLE, Flow.DATA).remove(1);

    // A microbatch, its format and its offset, of two flows and two generations.
    assertThat(client.created)
        .hasSize(12)
        .contains(
            "raw/acme/users/data/g=000001/00000000000000000001.jsonl",
            "raw/acme/users/deletes/g=000002/00000000000000000001.jsonl",
            "raw/acme/users/formats/data/g=000001");
    assertThat(lake.current(TABLE)).contains(new PublishedGeneration(2, Optional.empty()));
  }

  private static void commit(BatchLog log, int generation) {
    var tooLargeForMetadata = Offset.parse("{\"at\":\"" + "x".repeat(40_000) + "\"}");
    try (PendingBatch batch = log.begin(generation)) {
      batch.write(SourceRecord.of("{\"id\":1}"));
      log.commit(
          generation,
          1,
          batch,
          new BatchMetadata(Kind.RECORDS, tooLargeForMetadata, "run", 1, Optional.empty()));
    }
  }

  @Test
  void uploadInPartsIsCompletedOnlyIfThereIsNone() {
    store.createIfAbsent("acme/large/data/1.jsonl", new Zeros(LARGE), Map.of());

    assertThat(client.created).containsExactly("raw/acme/large/data/1.jsonl");
  }

  @Test
  void replacementIsDenied() {
    String key = "acme/denied/data/1.jsonl";
    store.createIfAbsent(key, new Zeros(1), Map.of());
    var version = store.document(key).orElseThrow().version();

    assertThatThrownBy(() -> store.replace(key, Optional.of(version), "changed"))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("s3:PutObject");
    assertThat(store.find(key).orElseThrow().size()).isEqualTo(1);
  }
}
