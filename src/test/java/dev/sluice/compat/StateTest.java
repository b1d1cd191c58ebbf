package dev.sluice.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All that was saved is shown as it was shown then. */
class StateTest {
  @TempDir Path folder;

  static List<String> lakes() throws IOException {
    try (var lakes = Files.list(Past.file("lakes"))) {
      return lakes.map(lake -> lake.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("lakes")
  void stateIsShownAsItWas(String lake) {
    try (var source = Source.start(call -> Source.Answer.notFound())) {
      var past = Past.of(folder, lake, source);

      assertThat(past.state()).isNotEmpty().isEqualTo(past.stateThen());
      assertThat(source.requests()).isEmpty();
    }
  }
}
