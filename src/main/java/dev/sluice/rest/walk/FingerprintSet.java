package dev.sluice.rest.walk;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A set of {@link Fingerprints}, 8 to 24 bytes each: numbers in one array, each where its own bits
 * say, or behind.
 */
public final class FingerprintSet {
  private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

  /** The length of a fingerprint; another text stands for its own. */
  private static final int LENGTH = 11;

  /** Stands for 0, which marks a free place. */
  private static final long ZERO = 0x9E3779B97F4A7C15L;

  private long[] places = new long[16];
  private int size;

  public static FingerprintSet of(Collection<String> fingerprints) {
    var set = new FingerprintSet();
    fingerprints.forEach(set::add);
    return set;
  }

  /** Returns whether it was not there before. */
  public boolean add(String fingerprint) {
    long value = value(fingerprint);
    int place = find(value);
    if (places[place] == value) {
      return false;
    }
    places[place] = value;
    size++;
    if (size > places.length / 3 * 2) {
      grow();
    }
    return true;
  }

  public boolean contains(String fingerprint) {
    long value = value(fingerprint);
    return places[find(value)] == value;
  }

  /** Removes a fingerprint, and returns whether it was there. */
  public boolean remove(String fingerprint) {
    if (!contains(fingerprint)) {
      return false;
    }
    long gone = value(fingerprint);
    refill(LongStream.of(places).filter(value -> value != gone).toArray(), places.length);
    size--;
    return true;
  }

  public int size() {
    return size;
  }

  /** Returns the fingerprints in an order that depends on nothing else. */
  public List<String> names() {
    return LongStream.of(places)
        .filter(value -> value != 0)
        .mapToObj(FingerprintSet::text)
        .sorted()
        .toList();
  }

  private int find(long value) {
    int mask = places.length - 1;
    int place = (int) (value >>> 32 ^ value) & mask;
    while (places[place] != 0 && places[place] != value) {
      place = place + 1 & mask;
    }
    return place;
  }

  private void grow() {
    refill(places, places.length * 2);
  }

  private void refill(long[] values, int length) {
    places = new long[length];
    for (long value : values) {
      if (value != 0) {
        places[find(value)] = value;
      }
    }
  }

  private static long value(String fingerprint) {
    byte[] bytes =
        Base64.getUrlDecoder()
            .decode(fingerprint.length() == LENGTH ? fingerprint : Fingerprints.of(fingerprint));
    long value = ByteBuffer.wrap(Arrays.copyOf(bytes, Long.BYTES)).getLong();
    return value == 0 ? ZERO : value;
  }

  private static String text(long value) {
    return TEXT.encodeToString(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
  }
}
