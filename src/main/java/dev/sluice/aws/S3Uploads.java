package dev.sluice.aws;

import dev.sluice.runtime.lake.Payload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * Uploads objects on a condition, in one request or in parts. S3 compares each body with a checksum
 * that was taken before it was sent.
 */
final class S3Uploads {
  private static final String TYPE = "application/octet-stream";
  private static final String ANY = "*";
  private static final int BUFFER = 64 << 10;

  /**
   * The size from which an object is uploaded in parts. Below it, a retry repeats little, and parts
   * would cost three more requests.
   */
  private static final long LARGE = 64 << 20;

  /**
   * The size of a part, which is held in memory; 10,000 parts are more than any function's disk.
   */
  private static final int PART = 16 << 20;

  private final S3Client client;
  private final long large;
  private final int part;

  S3Uploads(S3Client client) {
    this(client, LARGE, PART);
  }

  /**
   * @param large the number of bytes from which an object is uploaded in parts
   * @param part the bytes of each, at least 5 MiB
   */
  S3Uploads(S3Client client, long large, int part) {
    this.client = client;
    this.large = large;
    this.part = part;
  }

  void createIfAbsent(
      String bucket, String key, Payload payload, long size, Map<String, String> metadata) {
    if (size < large) {
      createAtOnce(bucket, key, payload, size, metadata);
    } else {
      createInParts(bucket, key, payload, metadata);
    }
  }

  private void createAtOnce(
      String bucket, String key, Payload payload, long size, Map<String, String> metadata) {
    String checksum = checksum(payload);
    client.putObject(
        request ->
            request
                .bucket(bucket)
                .key(key)
                .ifNoneMatch(ANY)
                .checksumCRC32C(checksum)
                .metadata(metadata),
        RequestBody.fromContentProvider(() -> open(payload), size, TYPE));
  }

  /** Replaces a small object of this version; an empty version expects no object. */
  void replace(String bucket, String key, Optional<String> version, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    client.putObject(
        request -> {
          request.bucket(bucket).key(key).checksumCRC32C(checksum(bytes, bytes.length));
          version.ifPresentOrElse(request::ifMatch, () -> request.ifNoneMatch(ANY));
        },
        RequestBody.fromContentProvider(() -> new ByteArrayInputStream(bytes), bytes.length, TYPE));
  }

  private void createInParts(
      String bucket, String key, Payload payload, Map<String, String> metadata) {
    String id =
        client
            .createMultipartUpload(
                request ->
                    request
                        .bucket(bucket)
                        .key(key)
                        .contentType(TYPE)
                        .checksumAlgorithm(ChecksumAlgorithm.CRC32_C)
                        .metadata(metadata))
            .uploadId();
    try {
      List<CompletedPart> parts = uploadParts(bucket, key, id, payload);
      client.completeMultipartUpload(
          request ->
              request
                  .bucket(bucket)
                  .key(key)
                  .uploadId(id)
                  .ifNoneMatch(ANY)
                  .multipartUpload(upload -> upload.parts(parts)));
    } catch (RuntimeException e) {
      abort(bucket, key, id, e);
      throw e;
    }
  }

  private List<CompletedPart> uploadParts(String bucket, String key, String id, Payload payload) {
    var parts = new ArrayList<CompletedPart>();
    byte[] buffer = new byte[part];
    try (InputStream in = payload.open()) {
      for (int count = in.readNBytes(buffer, 0, part);
          count > 0;
          count = in.readNBytes(buffer, 0, part)) {
        parts.add(uploadPart(bucket, key, id, parts.size() + 1, buffer, count));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return parts;
  }

  private CompletedPart uploadPart(
      String bucket, String key, String id, int number, byte[] buffer, int count) {
    String checksum = checksum(buffer, count);
    var uploaded =
        client.uploadPart(
            request ->
                request
                    .bucket(bucket)
                    .key(key)
                    .uploadId(id)
                    .partNumber(number)
                    .checksumCRC32C(checksum),
            RequestBody.fromContentProvider(
                () -> new ByteArrayInputStream(buffer, 0, count), count, TYPE));
    return CompletedPart.builder()
        .partNumber(number)
        .eTag(uploaded.eTag())
        .checksumCRC32C(checksum)
        .build();
  }

  /** Aborts our own upload only; if it succeeded after all, there is nothing left to abort. */
  private void abort(String bucket, String key, String id, RuntimeException failure) {
    try {
      client.abortMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(id));
    } catch (SdkException e) {
      // The bucket's lifecycle removes the upload.
      failure.addSuppressed(e);
    }
  }

  private static InputStream open(Payload payload) {
    try {
      return payload.open();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String checksum(Payload payload) {
    var checksum = new CRC32C();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = payload.open()) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        checksum.update(buffer, 0, count);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text(checksum);
  }

  private static String checksum(byte[] bytes, int count) {
    var checksum = new CRC32C();
    checksum.update(bytes, 0, count);
    return text(checksum);
  }

  private static String text(CRC32C checksum) {
    byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt((int) checksum.getValue()).array();
    return Base64.getEncoder().encodeToString(bytes);
  }
}
