package dev.sluice.rest.http;

import dev.sluice.spi.ConnectorException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.PushbackInputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A reader of bodies into arrays that learns from each body how large the next will be. It
 * decompresses what was asked for and nothing else, as far as the limit allows.
 */
final class BodyReader {
  /** The encoding that a response may have. */
  static final String ENCODING = "gzip";

  private static final int SMALLEST = 8 << 10;
  private static final int CHUNK = 32 << 10;
  private static final int LARGEST_GUESS = 4 << 20;

  private volatile int guess = SMALLEST;

  /** The bytes that were read; the array may be longer. */
  static final class Bytes {
    private final byte[] array;
    private final int length;

    private Bytes(byte[] array, int length) {
      this.array = array;
      this.length = length;
    }

    byte[] array() {
      return array;
    }

    int length() {
      return length;
    }
  }

  /**
   * Reads to the end, or to the limit: the text of an error need not be complete.
   *
   * @param encoding the value of the header that gives the encoding
   * @param announced the value of the header that gives the length
   */
  Bytes read(InputStream encoded, @Nullable String encoding, @Nullable String announced, int limit)
      throws IOException {
    String form = encoding == null ? "" : encoding.strip().toLowerCase(Locale.ROOT);
    return switch (form) {
      case "", "identity" -> read(encoded, expected(announced), limit);
      case ENCODING, "x-gzip" -> read(decompressed(encoded), guess, limit);
      default ->
          throw ConnectorException.protocol(
              "the response is encoded as '%s', and only gzip was asked for".formatted(form));
    };
  }

  private static InputStream decompressed(InputStream body) throws IOException {
    var compressed = new PushbackInputStream(new Blocking(body));
    int first = compressed.read();
    if (first < 0) {
      return InputStream.nullInputStream(); // a 304, for example, has the header and no body
    }
    compressed.unread(first);
    return new GZIPInputStream(compressed, CHUNK);
  }

  /** Says that there may be more, so that the part behind a part is not taken for the end. */
  private static final class Blocking extends FilterInputStream {
    Blocking(InputStream body) {
      super(body);
    }

    @Override
    public int available() {
      return 1;
    }
  }

  private Bytes read(InputStream body, int expected, int limit) throws IOException {
    byte[] bytes = new byte[Math.min(limit, expected)];
    int length = 0;
    while (true) {
      if (Thread.interrupted()) {
        // a body that never blocks would not notice the interrupt
        throw new InterruptedIOException();
      }
      if (length == bytes.length) {
        int next = length == limit ? -1 : body.read();
        if (next < 0) {
          break;
        }
        bytes = Arrays.copyOf(bytes, (int) Math.min(limit, 2L * length));
        bytes[length++] = (byte) next;
      }
      int count = body.read(bytes, length, bytes.length - length);
      if (count < 0) {
        break;
      }
      length += count;
    }
    guess = Math.clamp(length + length / 4, SMALLEST, LARGEST_GUESS);
    return new Bytes(bytes, length);
  }

  /** Returns the announced length, as far as it is credible, else that of the page before. */
  private int expected(@Nullable String announced) {
    return announced != null && announced.matches("[1-9][0-9]{0,8}")
        ? Math.min(Integer.parseInt(announced), LARGEST_GUESS)
        : guess;
  }
}
