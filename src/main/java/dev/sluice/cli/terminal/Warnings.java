package dev.sluice.cli.terminal;

import dev.sluice.spi.RequestListener;
import java.time.Duration;

/** Writes what a connector has to say beside its records to {@code err}. */
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
