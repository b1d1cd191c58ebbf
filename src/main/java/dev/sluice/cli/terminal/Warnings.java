package dev.sluice.cli.terminal;

import dev.sluice.spi.RequestListener;
import java.time.Duration;

/** Writes to {@code err} what a connector reports in addition to its records. */
public record Warnings(Terminal terminal) implements RequestListener {

  @Override
  public void retryPending(String reason, Duration pause) {
    terminal.err().println(ProgressText.waiting(reason, pause));
  }

  @Override
  public void warning(String message) {
    terminal.err().println(ProgressText.warning(message));
  }
}
