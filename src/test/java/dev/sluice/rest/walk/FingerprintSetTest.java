package dev.sluice.rest.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FingerprintSetTest {

  @Test
  void agreesWithASetOfTexts() {
    var random = new Random(3);
    Set<String> expected = new HashSet<>();
    var set = new FingerprintSet();
    for (int i = 0; i < 20_000; i++) {
      String name = Fingerprints.of("record " + random.nextInt(8_000));
      if (random.nextInt(50) == 0) {
        assertThat(set.remove(name)).isEqualTo(expected.remove(name));
      } else {
        assertThat(set.add(name)).isEqualTo(expected.add(name));
      }
      assertThat(set.contains(name)).isEqualTo(expected.contains(name));
    }

    assertThat(set.size()).isEqualTo(expected.size());
    assertThat(set.names()).isEqualTo(expected.stream().sorted().toList());
    assertThat(FingerprintSet.of(new ArrayList<>(expected)).names()).isEqualTo(set.names());
  }

  @Test
  void takesWhatIsNoFingerprintByItsOwn() {
    var set = new FingerprintSet();

    assertThat(set.add("a")).isTrue();
    assertThat(set.add("a")).isFalse();
    assertThat(set.contains("b")).isFalse();
  }
}
