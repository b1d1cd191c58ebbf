package dev.sluice.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Provides the version that the build wrote into the jar. */
final class VersionProvider implements IVersionProvider {

  @Override
  public String[] getVersion() {
    var version =
        Optional.ofNullable(VersionProvider.class.getPackage().getImplementationVersion());
    return new String[] {
      "sluice " + version.orElse("(development)"), "Java " + Runtime.version().toString()
    };
  }
}
