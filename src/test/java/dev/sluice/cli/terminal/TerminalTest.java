package dev.sluice.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TerminalTest {
  private static final Map<String, String> XTERM = Map.of("TERM", "xterm");

  @Test
  void eachStreamIsATerminalOfItsOwn() {
    var none = Terminal.of("", "80", XTERM);
    var input = Terminal.of("0", "80", XTERM);
    var output = Terminal.of("1", "80", XTERM);
    var errors = Terminal.of("2", "80", XTERM);

    assertThat(none.answers()).isEmpty();
    assertThat(none.colored()).isEqualTo(Palette.PLAIN);
    assertThat(none.width()).isEmpty();
    assertThat(input.answers()).isPresent();
    assertThat(input.width()).isEmpty();
    assertThat(output.colored()).isEqualTo(Palette.COLORED);
    assertThat(output.answers()).isEmpty();
    assertThat(errors.width()).hasValue(80);
    assertThat(errors.colored()).isEqualTo(Palette.PLAIN);
  }

  @ParameterizedTest
  @CsvSource({"72, 80, 72", "'', 80, 80", "0, 80, 80", "'', '', 100", "-5, wide, 100"})
  void launcherKnowsTheWidthBestThenTheShell(String columns, String variable, int width) {
    var variables = Map.of("TERM", "xterm", "COLUMNS", variable);

    assertThat(Terminal.of("0,1,2", columns, variables).width()).hasValue(width);
  }

  @Test
  void noColorIsForColorsAlone() {
    var terminal = Terminal.of("0,1,2", "80", Map.of("TERM", "xterm", "NO_COLOR", "1"));

    assertThat(terminal.colored()).isEqualTo(Palette.PLAIN);
    assertThat(terminal.width()).hasValue(80);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dumb", ""})
  void dumbTerminalIsForNeither(String type) {
    var variables = type.isEmpty() ? Map.<String, String>of() : Map.of("TERM", type);

    var terminal = Terminal.of("0,1,2", "80", variables);

    assertThat(terminal.colored()).isEqualTo(Palette.PLAIN);
    assertThat(terminal.width()).isEmpty();
    assertThat(terminal.answers()).isPresent();
  }

  @Test
  void withoutTheLauncherATestRunHasNoTerminal() {
    var terminal = Terminal.ofProcess(XTERM);

    assertThat(terminal.answers()).isEmpty();
    assertThat(terminal.width()).isEmpty();
  }
}
