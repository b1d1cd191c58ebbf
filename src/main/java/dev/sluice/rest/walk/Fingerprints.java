package dev.sluice.rest.walk;

import dev.sluice.spi.SourceRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Short names of records: the first 64 bits of a SHA-256. Two different records with one cursor
 * value have the same name with a chance of one in 2^64.
 */
public final class Fingerprints {
  private static final int BYTES = Long.BYTES;

  private Fingerprints() {}

  /**
   * Names a record by some of its fields; by its whole content when no field is named or the record
   * lacks one of them.
   */
  public static String of(SourceRecord record, List<String> fields) {
    MessageDigest digest = sha256();
    List<String> values = fields.stream().map(record::text).flatMap(Optional::stream).toList();
    if (values.isEmpty() || values.size() < fields.size()) {
      try (var out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
        record.writeLine(out);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    } else {
      values.forEach(value -> update(digest, value));
    }
    return shortened(digest);
  }

  /** Names a record by its whole content. */
  public static String ofContent(SourceRecord record) {
    return of(record, List.of());
  }

  /** Names a text. */
  public static String of(String text) {
    MessageDigest digest = sha256();
    update(digest, text);
    return shortened(digest);
  }

  /** Returns a number for sums of fingerprints that do not depend on their order. */
  public static long spread(String fingerprint) {
    var crc = new CRC32C();
    crc.update(fingerprint.getBytes(StandardCharsets.US_ASCII));
    return crc.getValue() * 0x9E3779B97F4A7C15L ^ fingerprint.hashCode();
  }

  private static String shortened(MessageDigest digest) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOf(digest.digest(), BYTES));
  }

  private static void update(MessageDigest digest, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
