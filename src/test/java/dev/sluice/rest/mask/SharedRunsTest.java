package dev.sluice.rest.mask;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedRunsTest {
  private static final String SECRET = "Pa55/word<&\"x+y z=42";

  private final SharedRuns runs = new SharedRuns();

  @BeforeEach
  void add() {
    runs.add(SECRET);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Pa55/word<&\"x+y z=42",
        "PA55/WORD<&\"X+Y Z=42",
        "Pa55\\/word\\u003c\\u0026\\\"x+y z=42",
        "Pa55\\/word\\u003C&\\u0022x\\u002by\\u0020z\\x3d42",
        "Pa55&#x2F;word&lt;&amp;&quot;x&#43;y&nbsp;z&#x3d;42",
        "Pa55%2fword%3c%26%22x%2by+z%3d42",
        "Pa55%252Fword%253C%2526%2522x%252By%2520z%253D42",
        "Pa55\\\\/word\\\\u003c&\\\\\\\"x+y z=42",
        "P&#97;%355/w\\u006fr&#x64;<&\"x+y z=42",
        "55/word<&\"x+y z=",
        "55/word<&\"x+y",
        "P-a-5-5-w-o-r-d-x-y-z-4-2",
        "Pa55*word***xyz42"
      })
  void partOfASecretIsMaskedHoweverItIsEscaped(String escaped) {
    assertThat(runs.mask("you sent " + escaped + ", no?"))
        .isEqualTo("you sent " + "***" + trailing(escaped) + ", no?");
  }

  /** Nothing of a secret but punctuation may be left. */
  private static String trailing(String escaped) {
    return escaped.endsWith("=") ? "=" : "";
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "xy", "user:", "an.other:"})
  void secretInBase64IsMaskedWhateverStandsAroundIt(String before) {
    for (String behind : new String[] {"", "a", "bc", "def"}) {
      byte[] bytes = (before + SECRET + behind).getBytes(UTF_8);

      for (var encoder : new Base64.Encoder[] {Base64.getEncoder(), Base64.getUrlEncoder()}) {
        String masked = runs.mask("<" + encoder.encodeToString(bytes) + ">");

        // the characters at its ends hold bits of what stands around it
        assertThat(masked).matches("<[A-Za-z0-9]{0,12}[*]{3}[A-Za-z0-9=]{0,8}>");
      }
    }
  }

  @Test
  void whatIsNoSecretStays() {
    for (String text :
        new String[] {
          "", "Pa55/wo", "word xyz", "100% of 42 & more; \\d+ %zz &; &#; %", "status 404: Not Found"
        }) {
      assertThat(runs.mask(text)).isEqualTo(text);
    }
    assertThat(new SharedRuns().mask(SECRET)).isEqualTo(SECRET);
  }

  @Test
  void everySecretIsMaskedAndTextBetweenThemStays() {
    runs.add("0123456789abcdef");

    assertThat(runs.mask("a 0123456789ABCDEF b %50a55%2Fword c 89-ab-cd-ef d"))
        .isEqualTo("a *** b *** c *** d");
  }

  @Test
  void randomSecretsAreFoundInRandomEscapes() {
    var random = new Random(42);
    for (int i = 0; i < 300; i++) {
      String secret = text(random, 12 + random.nextInt(30));
      var own = new SharedRuns();
      own.add(secret);
      var escaped = new StringBuilder();
      secret.chars().forEach(c -> escaped.append(escape(random.nextInt(8), (char) c)));

      assertThat(own.mask("(" + escaped + ")"))
          .as(secret + " as " + escaped)
          .doesNotContainPattern("[a-z0-9]{3}");
    }
  }

  private static String text(Random random, int letters) {
    var text = new StringBuilder();
    for (int i = 0; i < letters; i++) {
      text.append(Character.forDigit(random.nextInt(36), 36));
    }
    return text.toString();
  }

  private static String escape(int way, char c) {
    return switch (way) {
      case 0 -> "%%%02x".formatted((int) c);
      case 1 -> "\\u%04X".formatted((int) c);
      case 2 -> "&#%d;".formatted((int) c);
      case 3 -> "&#x%x;".formatted((int) c);
      case 4 -> "%%25%02X".formatted((int) c);
      case 5 -> String.valueOf(c).toUpperCase(Locale.ROOT);
      default -> String.valueOf(c);
    };
  }

  @Test
  @Timeout(5)
  void longTextsAreMaskedInProportionToTheirLength() {
    for (int i = 0; i < 200; i++) {
      runs.add("secret-number-" + i);
    }
    String text = "a %2525252f \\\\\\\\ &amp;amp; secret-numbe".repeat(2_000);

    long begin = System.nanoTime();
    String masked = runs.mask(text);

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
    assertThat(masked).contains("***").doesNotContain("number");
  }
}
