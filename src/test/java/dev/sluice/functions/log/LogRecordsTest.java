package dev.sluice.functions.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.functions.Printed;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LogRecordsTest {
  private final Printed printed = new Printed();
  private final Logger root = Logger.getLogger("");
  private final List<Handler> handlers = List.of(root.getHandlers());

  @BeforeEach
  void divert() {
    LogRecords.divertTo(LogLines.of(Map.of(), printed.stream(), InstantSource.system()));
  }

  @AfterEach
  void restore() {
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    handlers.forEach(root::addHandler);
  }

  @Test
  void whatLibrariesLogBecomesALine() {
    org.jboss.logging.Logger.getLogger("a.library")
        .warnf(new IllegalStateException("why\nexactly"), "%s of %d\nwent wrong", "One", 2);

    var line = printed.events().getFirst();
    assertThat(printed.text()).hasLineCount(1);
    assertThat(line.path("level").asText()).isEqualTo("WARN");
    assertThat(line.path("logger").asText()).isEqualTo("a.library");
    assertThat(line.path("message").asText()).isEqualTo("One of 2\nwent wrong");
    assertThat(line.path("error").path("message").asText()).isEqualTo("why\nexactly");
  }

  @Test
  void messageWithoutParametersIsNoFormat() {
    root.log(new LogRecord(Level.SEVERE, "100 % {0} %s"));

    assertThat(printed.events().getFirst().path("message").asText()).isEqualTo("100 % {0} %s");
    assertThat(printed.events().getFirst().path("level").asText()).isEqualTo("ERROR");
  }
}
