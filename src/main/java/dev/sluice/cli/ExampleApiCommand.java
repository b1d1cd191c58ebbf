package dev.sluice.cli;

import dev.sluice.cli.terminal.CliContext;
import dev.sluice.cli.terminal.ExitCode;
import dev.sluice.connectors.example.api.ExampleApi;
import dev.sluice.spi.ConnectorException;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Serves the simulated source until it is interrupted. */
@Command(
    name = "example-api",
    description = "Serve a simulated source on this machine until Ctrl-C.")
final class ExampleApiCommand implements Callable<Integer> {
  private final CliContext surroundings;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "8080",
      description = "Where to listen; 0 takes any port that is free. 8080 by default.")
  private int port;

  @Option(
      names = "--error-rate",
      paramLabel = "RATE",
      defaultValue = "0.03",
      description = "The probability that a request fails, 0 to 1. 0.03 by default.")
  private double errorRate;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "Random seed for gaps and failures. 42 by default.")
  private long seed;

  ExampleApiCommand(CliContext surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    var terminal = surroundings.terminal();
    try (var api = start()) {
      terminal.out().println(api.baseUri());
      terminal.out().flush();
      terminal.err().println("Serving; Ctrl-C stops.");
      new CountDownLatch(1).await(); // for ever: the signal ends the process
    }
    return ExitCode.OK.number();
  }

  private ExampleApi start() {
    var settings = settings();
    try {
      return ExampleApi.start(settings);
    } catch (UncheckedIOException e) {
      throw ConnectorException.configuration(
          "--port is %d, which is in use or not allowed; choose another, or 0 for any that is free"
              .formatted(port),
          e);
    }
  }

  private ExampleApi.Settings settings() {
    if (port < 0 || port > 65_535) {
      throw ConnectorException.configuration(
          "--port is %d; it takes a whole number from 0 to 65535".formatted(port));
    }
    if (!(errorRate >= 0 && errorRate <= 1)) {
      throw ConnectorException.configuration(
          "--error-rate is %s; it takes a number from 0 to 1".formatted(errorRate));
    }
    return ExampleApi.Settings.standard()
        .withPort(port)
        .withErrorRate(errorRate)
        .withSeed(seed)
        .withClock(surroundings.clock());
  }
}
