package dev.sluice;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Who may know whom. */
final class ArchitectureTest {
  private static final String ROOT = "dev.sluice";

  private static final JavaClasses SLUICE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  /** Each layer and the layers that it may know; the connectors are a layer in this view. */
  private static final Map<String, Set<String>> MAY_KNOW =
      Map.of(
          "spi", Set.of(),
          "rest", Set.of("spi"),
          "connectors", Set.of("spi", "rest"),
          "runtime", Set.of("spi"),
          "lake", Set.of("spi", "runtime"),
          "local", Set.of("spi", "runtime", "lake"),
          "aws", Set.of("spi", "runtime", "lake"),
          "pipeline", Set.of("spi", "runtime", "lake", "local", "aws"),
          "functions", Set.of("spi", "runtime", "lake", "local", "aws", "pipeline"),
          "cli", Set.of("spi", "runtime", "lake", "local", "aws", "pipeline", "functions"));

  private static final Set<String> NOT_THERE_YET = Set.of();

  private static String layer(JavaClass type) {
    String rest = type.getPackageName().substring(ROOT.length());
    return rest.isEmpty() ? "" : rest.substring(1).replaceFirst("\\..*", "");
  }

  private static String[] packages(Set<String> layers) {
    return layers.stream().map(layer -> ROOT + "." + layer + "..").toArray(String[]::new);
  }

  @Test
  void everyLayerIsSeenAndNoOtherIsThere() {
    Set<String> seen = SLUICE.stream().map(ArchitectureTest::layer).collect(Collectors.toSet());

    var expected = new HashSet<>(MAY_KNOW.keySet());
    expected.removeAll(NOT_THERE_YET);
    assertThat(seen).isEqualTo(expected);
  }

  @Test
  void layersKnowOnlyTheOnesBelow() {
    MAY_KNOW.forEach(
        (layer, below) -> {
          var allowed = new TreeSet<>(below);
          allowed.add(layer);
          var forbidden = new TreeSet<>(MAY_KNOW.keySet());
          forbidden.removeAll(allowed);
          var above = resideInAnyPackage(packages(forbidden));
          ArchRule rule =
              noClasses()
                  .that(resideInAPackage(ROOT + "." + layer + ".."))
                  .should()
                  .dependOnClassesThat(
                      layer.equals("cli") ? above.and(not(isServedByCommandLine())) : above);
          rule.allowEmptyShould(NOT_THERE_YET.contains(layer)).check(SLUICE);
        });
  }

  /** The command line serves the simulated source, which is a server and not a connector. */
  private static DescribedPredicate<JavaClass> isServedByCommandLine() {
    return resideInAPackage(ROOT + ".connectors.example.api");
  }

  @Test
  void thereAreNoCycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(SLUICE);
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(SLUICE);
  }

  @Test
  void connectorsDoNotKnowOneAnother() {
    slices().matching(ROOT + ".connectors.(*)..").should().notDependOnEachOther().check(SLUICE);

    assertThat(connectors()).hasSizeGreaterThan(1);
  }

  private static Set<String> connectors() {
    return SLUICE.stream()
        .map(JavaClass::getPackageName)
        .filter(name -> name.startsWith(ROOT + ".connectors."))
        .map(name -> name.substring((ROOT + ".connectors.").length()).replaceFirst("\\..*", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void frameworkIsKnownOnlyAtTheRim() {
    String[] framework = {
      "io.quarkus..", "io.smallrye..", "io.vertx..", "jakarta..", "org.eclipse.microprofile.."
    };
    Set<String> rim = Set.of("rest", "aws", "functions", "cli");

    noClasses()
        .that(not(resideInAnyPackage(packages(rim))))
        .should()
        .dependOnClassesThat(resideInAnyPackage(framework))
        .check(SLUICE);
    assertThat(knowing("rest", framework)).isNotEmpty();
    assertThat(knowing("cli", framework)).isNotEmpty();
  }

  private static List<String> knowing(String layer, String... packages) {
    var known = resideInAnyPackage(packages);
    return SLUICE.stream()
        .filter(type -> layer(type).equals(layer))
        .filter(
            type ->
                type.getDirectDependenciesFromSelf().stream()
                    .anyMatch(dependency -> known.test(dependency.getTargetClass())))
        .map(JavaClass::getSimpleName)
        .toList();
  }

  @Test
  void amazonIsKnownOnlyToItsAdapters() {
    noClasses()
        .that(not(resideInAnyPackage(packages(Set.of("rest", "aws", "functions", "cli")))))
        .should()
        .dependOnClassesThat(resideInAnyPackage("software.amazon..", "com.amazonaws.."))
        .check(SLUICE);
  }

  @Test
  void commandLineLibraryIsKnownOnlyToTheCommandLine() {
    noClasses()
        .that(not(resideInAPackage(ROOT + ".cli..")))
        .should()
        .dependOnClassesThat(resideInAPackage("picocli.."))
        .check(SLUICE);
  }

  @Test
  void everyPackageIsNullMarked() {
    Stream<JavaPackage> packages = SLUICE.stream().map(JavaClass::getPackage).distinct();

    assertThat(packages)
        .hasSizeGreaterThan(8)
        .allSatisfy(
            one ->
                assertThat(one.isAnnotatedWith(NullMarked.class))
                    .describedAs(one.getName())
                    .isTrue());
  }

  @Test
  void connectorsAreMadeByTheirProvidersOnly() {
    classes()
        .that(resideInAPackage(ROOT + ".connectors.*"))
        .and()
        .arePublic()
        .should()
        .implement("dev.sluice.spi.ConnectorProvider")
        .check(SLUICE);
  }
}
