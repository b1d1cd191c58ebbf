package dev.sluice.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.sluice.spi.ConnectorException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged files are refused in one way only, whatever the damage. */
final class PipelineFileMutationTest {
  private static final String[] FRAGMENTS = {
    ":",
    "- ",
    "\n",
    "  ",
    "\t",
    "{",
    "}",
    "[",
    "]",
    "&a ",
    "*a",
    "!!int ",
    "? ",
    "|",
    ">",
    "#",
    "'",
    "\"",
    "%",
    "@",
    "`",
    "---",
    "...",
    "<<: ",
    "~",
    "0x1F",
    "1e9",
    "\u0000",
    "\ud800",
    "é",
    "${",
    "${env:X}",
    "null",
    "true",
    "2026-01-01",
    "!<tag:x> ",
    "\\",
    ",",
    "\u2028",
    "\ufeff"
  };

  private final Connectors connectors = new Connectors(List.of(new LettersProvider()));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void damagedFileIsReadOrRefusedAsConfiguration(long seed) {
    var random = new Random(seed);
    int refused = 0;
    int read = 0;

    for (int round = 0; round < 2_000; round++) {
      String text = damage(PipelineFileTest.GOOD, random);
      try {
        PipelineFile.parse(text, Path.of("acme.yaml"), connectors);
        read++;
      } catch (ConnectorException e) {
        assertThat(e.kind()).isEqualTo(ConnectorException.Kind.CONFIGURATION);
        assertThat(e).hasMessageStartingWith("acme.yaml:");
        refused++;
      } catch (RuntimeException | StackOverflowError e) {
        fail("Not refused as configuration:\n" + text, e);
      }
    }

    assertThat(refused).isGreaterThan(500);
    assertThat(read).isGreaterThan(50);
  }

  private static String damage(String good, Random random) {
    var text = new StringBuilder(good);
    for (int i = random.nextInt(4); i >= 0; i--) {
      int from = random.nextInt(text.length());
      int to = Math.min(text.length(), from + random.nextInt(12));
      switch (random.nextInt(4)) {
        case 0 -> text.delete(from, to);
        case 1 -> text.insert(from, FRAGMENTS[random.nextInt(FRAGMENTS.length)]);
        case 2 -> text.insert(random.nextInt(text.length()), text.substring(from, to));
        default -> text.setCharAt(from, (char) random.nextInt(128));
      }
    }
    return text.toString();
  }
}
