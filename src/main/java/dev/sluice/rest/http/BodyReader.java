package dev.sluice.rest.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A reader of bodies into arrays that learns from each body how large the next will be. */
final class BodyReader {
  private static final int SMALLEST = 8 << 10;
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
   * @param announced the value of the header that gives the length
   */
  Bytes read(InputStream body, @Nullable String announced, int limit) throws IOException {
    byte[] bytes = new byte[Math.min(limit, expected(announced))];
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
