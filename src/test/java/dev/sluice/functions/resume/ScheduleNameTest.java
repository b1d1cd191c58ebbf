package dev.sluice.functions.resume;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ScheduleNameTest {

  @Test
  void scheduleIsNamedAfterWhatItResumesAndWhen() {
    var at = Instant.parse("2026-03-01T12:00:00Z");
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
