package dev.sluice.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.functions.event.MessageGroup;
import dev.sluice.functions.resume.ScheduleName;
import dev.sluice.runtime.checkpoint.Destination;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class NamesTest {
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

  @Test
  void scheduleIsNamedAfterWhatItResumesAndWhen() {
    var at = Invoked.NOW;
    String name = ScheduleName.of("acme/ünit", List.of("b", "a"), at);

    assertThat(name).matches("sluice-acme--nit-[0-9a-f]{32}");
    assertThat(name).isEqualTo(ScheduleName.of("acme/ünit", List.of("a", "b"), at));
    assertThat(name)
        .isNotEqualTo(ScheduleName.of("acme/ünit", List.of("a", "b"), at.plusSeconds(1)))
        .isNotEqualTo(ScheduleName.of("acme/ünit", List.of("ab"), at))
        .isNotEqualTo(ScheduleName.of("acme-ünit", List.of("a", "b"), at));
    assertThat(ScheduleName.of("x".repeat(100), List.of("a"), at)).hasSizeLessThanOrEqualTo(64);
  }
}
