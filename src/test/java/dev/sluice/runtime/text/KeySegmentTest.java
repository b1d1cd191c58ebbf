package dev.sluice.runtime.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeySegmentTest {

  @ParameterizedTest
  @CsvSource({
    "sdk_issues, sdk_issues",
    "v1.2-x, v1.2-x",
    "., %2E",
    ".., %2E%2E",
    ".sluice, %2Esluice",
    "a/../b, a%2F..%2Fb",
    "100%, 100%25",
    "%2E, %252E",
    "a~b, a%7Eb",
    "Größe, Gr%C3%B6%C3%9Fe"
  })
  void namesThatArePlainStayAndOthersAreEncoded(String name, String segment) {
    assertThat(KeySegment.encode(name)).isEqualTo(segment);
  }

  @Test
  void hostileNamesGetSegmentsOfTheirOwnThatStayInPlace() {
    var random = new Random(42);
    var names = new HashMap<String, String>();
    for (int i = 0; i < 20_000; i++) {
      String name = hostileName(random);
      String segment = KeySegment.encode(name);

      assertThat(segment)
          .matches("[A-Za-z0-9_%~.-]{1,200}")
          .doesNotStartWith(".")
          .doesNotEndWith(".");
      assertThat(names.getOrDefault(segment, name)).as(segment).isEqualTo(name);
      names.put(segment, name);
    }
  }

  private static String hostileName(Random random) {
    String alphabet = "ab.%/\\~ \u0000\n:2EFé😀*?";
    int[] letters = alphabet.codePoints().toArray();
    int length = 1 + random.nextInt(random.nextInt(20) == 0 ? 300 : 5);
    var name = new StringBuilder();
    for (int i = 0; i < length; i++) {
      name.appendCodePoint(letters[random.nextInt(letters.length)]);
    }
    return name.toString();
  }

  @Test
  void halfOfASurrogatePairIsRefused() {
    assertThatThrownBy(() -> KeySegment.encode("a\ud83d"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
