package dev.sluice.functions.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runtime.checkpoint.Destination;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class MessageGroupTest {
  private static final List<String> PARTS =
      List.of("a", "/", "~", "%", ".", "é", " ", "😀", "-", "_", "table".repeat(12));

  @Test
  void everyTableHasAGroupOfItsOwnThatAQueueTakes() {
    Map<String, Destination> groups = new HashMap<>();
    var random = new Random(7);
    int hashed = 0;
    for (int i = 0; i < 20_000; i++) {
      var table = new Destination(name(random), name(random));
      String group = MessageGroup.of(table);

      assertThat(group).matches("[!-~]{1,128}");
      assertThat(groups.merge(group, table, (one, other) -> one)).isEqualTo(table);
      hashed += group.length() == 128 && group.contains("~") ? 1 : 0;
    }
    assertThat(hashed).as("groups that had to be shortened").isPositive();
    assertThat(MessageGroup.of(new Destination("acme", "issues"))).isEqualTo("acme/issues");
  }

  private static String name(Random random) {
    return random
        .ints(1 + random.nextInt(4), 0, PARTS.size())
        .mapToObj(PARTS::get)
        .collect(Collectors.joining())
        .replaceAll("^ +$", "x");
  }
}
