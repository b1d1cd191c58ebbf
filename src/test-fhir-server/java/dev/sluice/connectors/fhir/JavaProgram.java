package dev.sluice.connectors.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program of the project in {@code src/test-fhir-server/server}, which the profile has built. */
record JavaProgram(String main, List<String> options) {
  private static final Path BUILT = Path.of("target/fhir-server").toAbsolutePath();

  Process start(String... arguments) throws IOException {
    assertThat(BUILT.resolve("classpath")).as("built by the profile fhir-server").exists();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-cp");
    command.add(BUILT.resolve("classes") + ":" + Files.readString(BUILT.resolve("classpath")));
    command.add("dev.sluice.fhirserver." + main);
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(BUILT.resolve(main + ".err").toFile()).start();
  }
}
