package dev.sluice.runtime.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fuzz.Chance;
import dev.sluice.fuzz.Fuzz;
import dev.sluice.fuzz.Trial;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fuzz")
class KeySegmentFuzzTest {
  private static final List<String> PARTS =
      List.of(
          ".",
          "..",
          "/",
          "\\",
          "%",
          "%2E",
          "%2F",
          "~",
          "",
          " ",
          "a",
          "A",
          "\u0000",
          "g=000001",
          "data");

  @Test
  void everyNameHasASegmentOfItsOwnThatStaysInItsPlace() throws Exception {
    var names = new HashMap<String, String>();
    Fuzz.run(
        "Key segments",
        30_000,
        chance -> new Trial(name(chance), name -> check(name, names)),
        "readable",
        "shortened",
        "no text");
  }

  private static String name(Chance chance) {
    if (chance.oneIn(3)) {
      return chance.characters(chance.oneIn(4) ? 400 : 30);
    }
    var name = new StringBuilder();
    for (int i = chance.length(chance.oneIn(20) ? 250 : 4); i >= 0; i--) {
      name.append(chance.of(PARTS));
    }
    return name.toString();
  }

  private static String check(String name, Map<String, String> names) {
    String segment;
    try {
      segment = KeySegment.encode(name);
    } catch (IllegalArgumentException e) {
      assertThat(UTF_8.newEncoder().canEncode(name)).isFalse();
      return "no text";
    }
    // an empty name has none, and is refused where pipelines and tables are named
    assertThat(segment)
        .matches("[A-Za-z0-9_%~.-]{0,200}")
        .doesNotStartWith(".")
        .doesNotEndWith(".");
    if (!name.isEmpty()) {
      assertThat(Path.of("/lake", segment).normalize().getParent()).isEqualTo(Path.of("/lake"));
    }
    assertThat(Objects.requireNonNullElse(names.putIfAbsent(segment, name), name)).isEqualTo(name);
    if (segment.contains("~")) {
      return "shortened";
    }
    assertThat(decode(segment)).isEqualTo(name);
    return "readable";
  }

  private static String decode(String segment) {
    var bytes = new StringBuilder();
    for (int i = 0; i < segment.length(); i++) {
      if (segment.charAt(i) == '%') {
        bytes.append((char) Integer.parseInt(segment.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        bytes.append(segment.charAt(i));
      }
    }
    return new String(bytes.toString().getBytes(ISO_8859_1), UTF_8);
  }
}
