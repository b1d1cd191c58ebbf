package dev.sluice.terraform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Format, validity and tests of the module, its examples and the environments. In a copy, so that
 * nothing is left beside the sources; skipped where Terraform is not installed, or its AWS provider
 * is not in the local mirror: {@code terraform -chdir=terraform providers mirror
 * ~/.terraform.d/plugins} puts it there.
 */
final class TerraformTest {
  private static final List<String> FOLDERS = List.of("terraform", "infra");

  private static final Path MIRROR =
      Path.of(System.getProperty("user.home"), ".terraform.d", "plugins");

  @TempDir private static Path copy;

  private record Result(int code, String output) {}

  @BeforeAll
  static void copyWhatIsChecked() throws IOException {
    assumeThat(isInstalled()).as("terraform is on the PATH").isTrue();
    for (String folder : FOLDERS) {
      copy(Path.of(folder), copy.resolve(folder));
    }
    // Providers come from this machine only: no test asks the network.
    Files.writeString(
        copy.resolve("terraform.rc"),
        "provider_installation { filesystem_mirror { path = \"%s\" } }%n".formatted(MIRROR));
  }

  private static boolean isInstalled() {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "terraform")));
  }

  /** Without what Terraform has left in the folders of somebody who works there. */
  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            String name = folder.getFileName().toString();
            if (name.equals(".terraform") || name.equals(".work")) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(to.resolve(from.relativize(folder)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (!file.getFileName().toString().contains(".tfstate")) {
              Files.copy(file, to.resolve(from.relativize(file)));
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static Result terraform(Path folder, String... arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>(List.of("terraform", "-chdir=" + folder));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("TF_IN_AUTOMATION", "1");
    builder.environment().put("CHECKPOINT_DISABLE", "1");
    builder.environment().put("TF_CLI_CONFIG_FILE", copy.resolve("terraform.rc").toString());
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Result(process.waitFor(), output);
  }

  /** Every folder that Terraform can be run in. */
  static List<Path> roots() throws IOException {
    var roots = new ArrayList<Path>();
    for (String folder : FOLDERS) {
      try (var files = Files.walk(Path.of(folder))) {
        files
            .filter(file -> file.getFileName().toString().endsWith(".tf"))
            .filter(file -> !file.toString().contains("/.terraform/"))
            .map(Path::getParent)
            .distinct()
            .forEach(roots::add);
      }
    }
    return roots;
  }

  private static void initialize(Path root) throws Exception {
    var result = terraform(copy.resolve(root), "init", "-backend=false", "-input=false", "-no-color");
    boolean noProvider = result.code() != 0 && result.output().contains("provider");
    assumeThat(noProvider)
        .as("the AWS provider is in %s: %s", MIRROR, result.output())
        .isFalse();
    assertThat(result.code()).as(result.output()).isZero();
  }

  @Test
  void everythingIsFormatted() throws Exception {
    var result = terraform(copy, "fmt", "-check", "-recursive", "-no-color");

    assertThat(result.code()).as("terraform fmt would change: " + result.output()).isZero();
  }

  @ParameterizedTest
  @MethodSource("roots")
  void everythingIsValid(Path root) throws Exception {
    initialize(root);

    var result = terraform(copy.resolve(root), "validate", "-no-color");

    assertThat(result.code()).as(result.output()).isZero();
  }

  @Test
  void moduleDoesWhatItsTestsSay() throws Exception {
    Path module = Path.of("terraform");
    initialize(module);

    var result = terraform(copy.resolve(module), "test", "-no-color");

    assertThat(result.code()).as(result.output()).isZero();
    assertThat(result.output()).containsPattern("[1-9][0-9]* passed, 0 failed");
  }
}
