package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.sluice.spi.ConnectorApi;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Holds the code to the rules of {@link Architecture}, and the rules to planted violations. */
final class ArchitectureTest {
  private static final JavaClasses SLUICE = new ClassFileImporter().importPaths(mainClasses());

  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> ruleHolds() {
    return Architecture.rules().entrySet().stream()
        .map(rule -> DynamicTest.dynamicTest(rule.getKey(), () -> rule.getValue().check(SLUICE)));
  }

  @Test
  void everyPackageHasALayerAndEveryLayerIsThere() {
    Set<String> packages =
        SLUICE.stream()
            .map(type -> type.getPackageName().substring(Architecture.ROOT.length() + 1))
            .collect(Collectors.toCollection(TreeSet::new));

    var layers = new TreeSet<>(Architecture.LAYERS.keySet());
    var divided = new TreeSet<String>();
    Architecture.SUBLAYERS.keySet().forEach(layer -> divided.add(layer.replaceFirst("\\..*", "")));
    assertThat(packages)
        .allSatisfy(
            name -> {
              String top = name.replaceFirst("\\..*", "");
              assertThat(layers).contains(top);
              if (divided.contains(top)) {
                assertThat(Architecture.SUBLAYERS).containsKey(name);
              }
            })
        .containsAll(Architecture.SUBLAYERS.keySet());
    assertThat(packages.stream().map(name -> name.replaceFirst("\\..*", ""))).containsAll(layers);
  }

  @Test
  void namedClassesExist() {
    Set<String> names =
        SLUICE.stream().map(Architecture::nameBelowRoot).collect(Collectors.toSet());

    assertThat(names).containsAll(Architecture.RIM).containsAll(Architecture.FRAMEWORK_USERS);
  }

  @Test
  void connectorApiIsUsedByConnectors() {
    Set<String> used =
        SLUICE.stream()
            .filter(type -> type.getPackageName().startsWith("dev.sluice.connectors."))
            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .map(dependency -> dependency.getTargetClass().getName().replaceFirst("\\$.*", ""))
            .collect(Collectors.toSet());

    assertThat(
            SLUICE.stream()
                .filter(type -> type.isAnnotatedWith(ConnectorApi.class))
                .map(JavaClass::getName))
        .hasSizeGreaterThan(20)
        .isSubsetOf(used);
  }

  /** Source code that breaks a rule; the classes it declares have a name that nothing else has. */
  private record Planted(String rule, String name, List<String> sources) {
    @Override
    public String toString() {
      return rule + ": " + sources.getFirst();
    }
  }

  private static List<Planted> violations() {
    var planted = new ArrayList<Planted>();
    plant(planted, "layer spi", uses("spi", "dev.sluice.runtime.Cancellation"));
    plant(planted, "sublayer rest.json", uses("rest.json", "dev.sluice.rest.http.Request"));
    plant(planted, "sublayer rest.walk", uses("rest.walk", "dev.sluice.rest.ApiClient"));
    plant(planted, "sublayer rest", uses("rest", "dev.sluice.rest.strategy.Snapshot"));
    plant(
        planted, "sublayer runtime.lake", uses("runtime.lake", "dev.sluice.runtime.PipelineSync"));
    plant(
        planted, "sublayer functions.log", uses("functions.log", "dev.sluice.functions.Functions"));
    plant(planted, "sublayer cli.terminal", uses("cli.terminal", "dev.sluice.cli.Main"));
    plant(planted, "no cycles", uses("rest.page", "dev.sluice.rest.ApiClient"));
    plant(
        planted,
        "connectors do not know one another",
        uses("connectors.example", "dev.sluice.connectors.github.GitHubProvider"));
    plant(
        planted,
        "connectors are made by their providers only",
        "package dev.sluice.connectors.github; public final class NAME {}");
    plant(
        planted,
        "connectors know only the connector API",
        uses("connectors.github", "dev.sluice.rest.http.Secrets"));
    plant(planted, "framework", uses("rest.auth", "io.quarkus.runtime.Quarkus"));
    plant(planted, "AWS SDK", uses("runtime", "software.amazon.awssdk.core.SdkClient"));
    plant(planted, "picocli", uses("functions", "picocli.CommandLine"));
    plant(planted, "clocks, sleeps and chance", calls("java.time.Instant.now()"));
    plant(planted, "clocks, sleeps and chance", calls("System.nanoTime()"));
    plant(planted, "clocks, sleeps and chance", calls("java.util.UUID.randomUUID()"));
    plant(planted, "clocks, sleeps and chance", calls("new java.util.Random()"));
    plant(planted, "packages are small", crowd());
    plant(
        planted,
        "simple names are unique",
        "package dev.sluice.rest.auth; final class NAME {}",
        "package dev.sluice.rest.page; final class NAME {}");
    plant(
        planted, "packages are null-marked", "package dev.sluice.runtime.unmarked; class NAME {}");
    return planted;
  }

  private static void plant(List<Planted> planted, String rule, String... sources) {
    String name = "Planted" + planted.size() + "x";
    planted.add(
        new Planted(
            rule, name, Stream.of(sources).map(source -> source.replace("NAME", name)).toList()));
  }

  private static String uses(String layer, String type) {
    return "package dev.sluice.%s; final class NAME { Class<?> type() { return %s.class; } }"
        .formatted(layer, type);
  }

  private static String calls(String expression) {
    return "package dev.sluice.runtime; final class NAME { Object call() { return %s; } }"
        .formatted(expression);
  }

  private static String[] crowd() {
    return IntStream.range(0, 31)
        .mapToObj("package dev.sluice.rest.page; final class NAME%d {}"::formatted)
        .toArray(String[]::new);
  }

  @TestFactory
  Stream<DynamicTest> ruleFindsPlantedViolation() throws IOException {
    var violations = violations();
    compile(violations.stream().flatMap(planted -> planted.sources().stream()).toList());

    JavaClasses classes =
        new ClassFileImporter().importPaths(folder.resolve("classes"), mainClasses());

    var rules = Architecture.rules();
    return violations.stream()
        .map(
            planted ->
                DynamicTest.dynamicTest(
                    planted.toString(),
                    () ->
                        assertThat(
                                rules
                                    .get(planted.rule())
                                    .evaluate(classes)
                                    .getFailureReport()
                                    .getDetails())
                            .anyMatch(line -> line.contains(planted.name()))));
  }

  private static Path mainClasses() {
    try {
      return Path.of(
          ConnectorApi.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private void compile(List<String> sources) throws IOException {
    var arguments =
        new ArrayList<>(
            List.of(
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                Files.createDirectories(folder.resolve("classes")).toString()));
    for (String source : sources) {
      String name = source.replaceFirst("(?s).*?class (\\w+).*", "$1");
      Path parent = Files.createDirectories(folder.resolve("source" + arguments.size()));
      arguments.add(Files.writeString(parent.resolve(name + ".java"), source).toString());
    }
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(status).isZero();
  }
}
