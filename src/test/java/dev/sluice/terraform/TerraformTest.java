package dev.sluice.terraform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs {@code infra/check}: format, validity and tests of the module, its examples and the
 * environments. Skipped where Terraform is not installed, or its AWS provider is not in the local
 * mirror; {@code terraform -chdir=terraform providers mirror ~/.terraform.d/plugins} puts it there.
 */
final class TerraformTest {
  private static final String SKIPPED = "infra/check: skipped";
  private static final Path MIRROR =
      Path.of(System.getProperty("user.home"), ".terraform.d", "plugins");

  @TempDir private Path folder;

  @Test
  void moduleExamplesAndEnvironmentsAreFormattedValidAndTested() throws Exception {
    // Providers come from this machine only: no test asks the network.
    Path configuration =
        Files.writeString(
            folder.resolve("terraform.rc"),
            "provider_installation { filesystem_mirror { path = \"%s\" } }%n".formatted(MIRROR));
    var builder = new ProcessBuilder("infra/check").redirectErrorStream(true);
    builder.environment().put("TF_CLI_CONFIG_FILE", configuration.toString());
    builder.environment().put("CHECKPOINT_DISABLE", "1");

    Process check = builder.start();
    check.getOutputStream().close();
    String output = new String(check.getInputStream().readAllBytes(), UTF_8);
    int code = check.waitFor();

    assertThat(code).as(output).isZero();
    output.lines().filter(line -> line.startsWith(SKIPPED)).forEach(System.out::println);
    assumeThat(output).as(output).doesNotContain(SKIPPED);
    assertThat(output).containsPattern("[1-9][0-9]* passed, 0 failed");
  }
}
