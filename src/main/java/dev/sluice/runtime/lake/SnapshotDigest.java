package dev.sluice.runtime.lake;

import dev.sluice.runtime.text.Sha256;
import dev.sluice.spi.SourceRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * A digest of the records of a snapshot, in whatever order and microbatches they came: their number
 * and the sum, modulo 2^256, of the SHA-256 of each. Equal snapshots have equal digests; different
 * ones do not, unless somebody took great pains to construct them.
 */
public record SnapshotDigest(long records, BigInteger hash) {
  public static final SnapshotDigest NONE = new SnapshotDigest(0, BigInteger.ZERO);

  private static final int BITS = 256;
  private static final Pattern TEXT = Pattern.compile("(\\d{1,18}):([0-9a-f]{64})");

  public SnapshotDigest plus(SnapshotDigest more) {
    return new SnapshotDigest(records + more.records, sum(hash, more.hash));
  }

  public static SnapshotDigest of(SourceRecord record) {
    try {
      var digest = Sha256.digest();
      record.writeLine(
          new OutputStream() {
            @Override
            public void write(int value) {
              digest.update((byte) value);
            }

            @Override
            public void write(byte[] bytes, int from, int length) {
              digest.update(bytes, from, length);
            }
          });
      return new SnapshotDigest(1, new BigInteger(1, digest.digest()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BigInteger sum(BigInteger one, BigInteger other) {
    var sum = one.add(other);
    return sum.testBit(BITS) ? sum.clearBit(BITS) : sum;
  }

  /** Returns the form in documents and metadata. */
  public String text() {
    return "%d:%064x".formatted(records, hash);
  }

  public static SnapshotDigest parse(String text) {
    var parts = TEXT.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("Not the content of a snapshot: " + text);
    }
    return new SnapshotDigest(Long.parseLong(parts.group(1)), new BigInteger(parts.group(2), 16));
  }
}
