package dev.sluice.aws;

import dev.sluice.lake.Document;
import dev.sluice.lake.ObjectStore;
import dev.sluice.lake.StoredObject;
import dev.sluice.runtime.lake.Payload;
import dev.sluice.spi.ConnectorException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.HttpStatusCode;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Keeps objects in a bucket of Amazon S3, or below a prefix in it. S3's conditional writes make
 * sure that exactly one of many writers wins. May be used from any thread.
 *
 * <p>The SDK repeats requests whose responses were lost, so a refusal may follow our own success:
 * then what is there counts, whoever wrote it.
 */
public final class S3ObjectStore implements ObjectStore {
  private static final int MOST_DELETES = 1000;

  private final S3Client client;
  private final S3Folder folder;
  private final S3Uploads uploads;

  /**
   * @param prefix empty, or with a {@code /} at its end
   */
  public S3ObjectStore(S3Client client, String bucket, String prefix) {
    this(client, bucket, prefix, new S3Uploads(client));
  }

  S3ObjectStore(S3Client client, String bucket, String prefix, S3Uploads uploads) {
    this.client = client;
    this.folder = new S3Folder(bucket, prefix);
    this.uploads = uploads;
  }

  @Override
  public StoredObject createIfAbsent(String key, Payload payload, Map<String, String> metadata) {
    String inBucket = folder.key(key);
    var created = new StoredObject(key, size(payload), ObjectStore.requireMetadata(metadata));
    var attempts = new S3Attempts("s3:PutObject", folder.uri(key));
    while (true) {
      try {
        uploads.createIfAbsent(folder.bucket(), inBucket, payload, created.size(), metadata);
        return created;
      } catch (SdkException e) {
        Optional<StoredObject> there = attempts.lookAfter(e, () -> find(key));
        if (there.isPresent()) {
          return there.get();
        }
      }
    }
  }

  private static long size(Payload payload) {
    try {
      return payload.size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Optional<StoredObject> find(String key) {
    String inBucket = folder.key(key);
    try {
      var head = client.headObject(request -> request.bucket(folder.bucket()).key(inBucket));
      return Optional.of(new StoredObject(key, head.contentLength(), head.metadata()));
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    } catch (SdkException e) {
      throw failedToRead(key, e);
    }
  }

  @Override
  public InputStream read(String key) throws IOException {
    String inBucket = folder.key(key);
    try {
      return client.getObject(request -> request.bucket(folder.bucket()).key(inBucket));
    } catch (NoSuchKeyException e) {
      throw new NoSuchFileException(folder.uri(key));
    } catch (SdkException e) {
      throw failedToRead(key, e);
    }
  }

  @Override
  public List<String> list(String prefix, String after) {
    return pages(prefix, after).stream()
        .flatMap(S3ObjectStore::keys)
        .map(folder::inside)
        .distinct()
        .sorted()
        .toList();
  }

  @Override
  public Map<String, Instant> writtenAt(String prefix) {
    return pages(prefix, "").stream()
        .flatMap(page -> page.contents().stream())
        .collect(Collectors.toMap(object -> folder.inside(object.key()), S3Object::lastModified));
  }

  private List<ListObjectsV2Response> pages(String prefix, String after) {
    String inBucket = folder.keysFrom(prefix);
    String start = after.isEmpty() ? "" : folder.keysFrom(after);
    try {
      return client
          .listObjectsV2Paginator(
              request ->
                  request
                      .bucket(folder.bucket())
                      .prefix(inBucket)
                      .delimiter("/")
                      .startAfter(start.isEmpty() ? null : start))
          .stream()
          .toList();
    } catch (SdkException e) {
      throw AwsFailures.of("s3:ListBucket", folder.uri(prefix), e);
    }
  }

  private static Stream<String> keys(ListObjectsV2Response page) {
    return Stream.concat(
        // A key with this end is no object of ours, but a folder made in the console.
        page.contents().stream().map(S3Object::key).filter(key -> !key.endsWith("/")),
        page.commonPrefixes().stream().map(CommonPrefix::prefix));
  }

  @Override
  public Optional<Document> document(String key) {
    String inBucket = folder.key(key);
    try {
      var object =
          client.getObject(
              request -> request.bucket(folder.bucket()).key(inBucket),
              ResponseTransformer.toBytes());
      return Optional.of(new Document(object.asUtf8String(), object.response().eTag()));
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    } catch (SdkException e) {
      throw failedToRead(key, e);
    }
  }

  @Override
  public boolean replace(String key, Optional<String> expectedVersion, String text) {
    String inBucket = folder.key(key);
    var attempts = new S3Attempts("s3:PutObject", folder.uri(key));
    while (true) {
      try {
        uploads.replace(folder.bucket(), inBucket, expectedVersion, text);
        return true;
      } catch (NoSuchKeyException e) {
        return false;
      } catch (SdkException e) {
        Optional<Optional<Document>> there =
            AwsFailures.isRefusedByCondition(e)
                ? Optional.of(document(key))
                : attempts.lookAfter(e, () -> another(key, expectedVersion));
        if (there.isPresent()) {
          // A retry is refused because of the request before it, whose response was lost.
          return there.get().filter(document -> document.text().equals(text)).isPresent();
        }
      }
    }
  }

  /** Returns what is there, unless it is the expected version. */
  private Optional<Optional<Document>> another(String key, Optional<String> expectedVersion) {
    return Optional.of(document(key))
        .filter(there -> !there.map(Document::version).equals(expectedVersion));
  }

  @Override
  public void delete(List<String> keys) {
    List<ObjectIdentifier> all =
        keys.stream().map(key -> ObjectIdentifier.builder().key(folder.key(key)).build()).toList();
    for (int from = 0; from < all.size(); from += MOST_DELETES) {
      delete(keys.get(from), all.subList(from, Math.min(from + MOST_DELETES, all.size())));
    }
  }

  private void delete(String first, List<ObjectIdentifier> objects) {
    List<S3Error> errors;
    try {
      errors =
          client
              .deleteObjects(
                  request ->
                      request
                          .bucket(folder.bucket())
                          .delete(delete -> delete.quiet(true).objects(objects)))
              .errors();
    } catch (SdkException e) {
      throw AwsFailures.of("s3:DeleteObject", folder.uri(first), e);
    }
    if (!errors.isEmpty()) {
      S3Error error = errors.getFirst();
      String uri = "s3://%s/%s".formatted(folder.bucket(), error.key());
      throw AwsFailures.of("s3:DeleteObject", uri, failure(error));
    }
  }

  /** Turns an error that S3 reports inside a successful response into an exception. */
  private static SdkException failure(S3Error error) {
    boolean denied = error.code().equals("AccessDenied");
    return S3Exception.builder()
        .statusCode(denied ? HttpStatusCode.FORBIDDEN : HttpStatusCode.INTERNAL_SERVER_ERROR)
        .awsErrorDetails(
            AwsErrorDetails.builder().errorCode(error.code()).errorMessage(error.message()).build())
        .build();
  }

  private ConnectorException failedToRead(String key, SdkException failure) {
    return AwsFailures.of("s3:GetObject", folder.uri(key), failure);
  }
}
