package dev.sluice.cli;

import picocli.CommandLine.Command;

@Command(name = "demo")
final class DemoCommand implements Runnable, MakesConnectors {
  DemoCommand(Surroundings surroundings) {}

  @Override
  public void run() {}
}
