package dev.sluice.rest.mask;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The runs of eight letters and digits of some secrets, and of the secrets in Base64. Masks what a
 * text shares with them: a part of a secret, in any case, with any escapes. May be used from any
 * thread.
 */
public final class SharedRuns {
  private static final int RUN = Long.BYTES;
  private static final int MOST_LAYERS = 5;
  private static final String MASK = "***";

  /** Each run as the bytes of its lower-case letters and digits. */
  private final Set<Long> runs = ConcurrentHashMap.newKeySet();

  public void add(String secret) {
    addRuns(secret);
    byte[] bytes = secret.getBytes(UTF_8);
    for (int before = 0; before < 3; before++) {
      addRuns(base64(bytes, before));
    }
  }

  private void addRuns(String text) {
    var found = new Finder();
    found.layers(text, (run, from, to) -> runs.add(run));
  }

  /** Returns the part of a secret's Base64 that does not depend on what stands around it. */
  private static String base64(byte[] secret, int before) {
    var all = new byte[before + secret.length];
    System.arraycopy(secret, 0, all, before, secret.length);
    String text = Base64.getEncoder().withoutPadding().encodeToString(all);
    int first = before == 0 ? 0 : before + 1;
    int last = text.length() - (all.length % 3 == 0 ? 0 : 1);
    return first < last ? text.substring(first, last) : "";
  }

  /** Returns the text with everything masked that it shares with a secret. */
  public String mask(String text) {
    if (runs.isEmpty()) {
      return text;
    }
    var shared = new BitSet(text.length());
    new Finder()
        .layers(
            text,
            (run, from, to) -> {
              if (runs.contains(run)) {
                shared.set(from, to);
              }
            });
    return shared.isEmpty() ? text : masked(text, shared);
  }

  private static String masked(String text, BitSet shared) {
    var masked = new StringBuilder(text.length());
    int end = 0;
    for (int from = shared.nextSetBit(0); from >= 0; from = shared.nextSetBit(end)) {
      masked.append(text, end, from).append(MASK);
      end = shared.nextClearBit(from);
    }
    return masked.append(text, end, text.length()).toString();
  }

  /** Takes a run and where it begins and ends in the text. */
  @FunctionalInterface
  private interface Found {
    void run(long run, int from, int to);
  }

  /** Goes through a text, as it is and with each layer of its escapes removed. */
  private static final class Finder {
    private final int[] starts = new int[RUN];

    void layers(String text, Found found) {
      Unescaped layer = Unescaped.of(text);
      for (int i = 0; i < MOST_LAYERS; i++) {
        runs(layer, found);
        Unescaped next = layer.next();
        if (next == layer) {
          return;
        }
        layer = next;
      }
    }

    private void runs(Unescaped text, Found found) {
      Arrays.fill(starts, 0);
      long run = 0;
      int letters = 0;
      for (int i = 0; i < text.length(); i++) {
        int letter = letter(text.charAt(i));
        if (letter == 0) {
          continue;
        }
        run = run << Byte.SIZE | letter;
        starts[letters % RUN] = text.from(i);
        letters++;
        if (letters >= RUN) {
          found.run(run, starts[letters % RUN], text.to(i));
        }
      }
    }

    /** Returns the letter in lower case, or the digit; 0 for any other character. */
    private static int letter(char c) {
      if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
        return c;
      }
      return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : 0;
    }
  }
}
