package dev.sluice;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.sluice.spi.ConnectorApi;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/** The rules of who may know whom, and of how large a package may be. */
final class Architecture {
  static final String ROOT = "dev.sluice";

  /** Each layer and the layers that it may know; the connectors are a layer in this view. */
  static final Map<String, Set<String>> LAYERS =
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

  /**
   * The layers that are divided: each package and the packages of the same layer that it may know.
   */
  static final Map<String, Set<String>> SUBLAYERS =
      Map.ofEntries(
          Map.entry("rest.mask", Set.of()),
          Map.entry("rest.url", Set.of()),
          Map.entry("rest.json", Set.of()),
          Map.entry("rest.connection", Set.of("rest.url")),
          Map.entry("rest.http", Set.of("rest.json", "rest.mask", "rest.url", "rest.connection")),
          Map.entry("rest.auth", Set.of("rest.json", "rest.http", "rest.url")),
          Map.entry("rest.page", Set.of("rest.json", "rest.http", "rest.url")),
          Map.entry("rest", Set.of("rest.json", "rest.url", "rest.http", "rest.auth", "rest.page")),
          Map.entry("rest.walk", Set.of("rest.http", "rest.page")),
          Map.entry("rest.strategy", Set.of("rest", "rest.http", "rest.page", "rest.walk")),
          Map.entry("runtime.text", Set.of()),
          Map.entry("runtime.checkpoint", Set.of("runtime.text")),
          Map.entry("runtime.lake", Set.of("runtime.text", "runtime.checkpoint")),
          Map.entry("runtime.report", Set.of("runtime.text", "runtime.checkpoint")),
          Map.entry(
              "runtime",
              Set.of("runtime.text", "runtime.checkpoint", "runtime.lake", "runtime.report")),
          Map.entry("functions.event", Set.of()),
          Map.entry("functions.log", Set.of()),
          Map.entry("functions.config", Set.of("functions.event", "functions.log")),
          Map.entry("functions.run", Set.of("functions.log")),
          Map.entry(
              "functions.resume",
              Set.of("functions.event", "functions.log", "functions.config", "functions.run")),
          Map.entry(
              "functions",
              Set.of(
                  "functions.event",
                  "functions.log",
                  "functions.config",
                  "functions.run",
                  "functions.resume")),
          Map.entry("cli.terminal", Set.of()),
          Map.entry("cli.demo", Set.of("cli.terminal")),
          Map.entry("cli", Set.of("cli.terminal", "cli.demo")));

  private static final int MOST_CLASSES = 30;

  private static final String[] FRAMEWORK = {
    "io.quarkus..",
    "io.smallrye..",
    "io.vertx..",
    "io.netty..",
    "jakarta..",
    "org.eclipse.microprofile..",
    "org.jboss.."
  };

  /** Calls whose result nobody can foresee, and calls that wait. */
  private static final Set<String> UNFORESEEABLE =
      Set.of(
          "java.lang.Thread.sleep",
          "java.lang.System.nanoTime",
          "java.lang.System.currentTimeMillis",
          "java.util.concurrent.locks.LockSupport.parkNanos",
          "java.time.Instant.now",
          "java.time.InstantSource.system",
          "java.time.Clock.systemUTC",
          "java.util.UUID.randomUUID",
          "java.util.Random.<init>",
          "java.util.concurrent.ThreadLocalRandom.current",
          "java.security.SecureRandom.<init>");

  /** The classes that hand clocks, sleeps and chance to all others. */
  static final Set<String> RIM =
      Set.of(
          "cli.Main",
          "connectors.example.api.ExampleApi$Settings",
          "functions.LambdaHandler",
          "functions.config.ProcessDeployment",
          "functions.log.LogLines",
          "local.LocalCheckpointStore",
          "local.LocalObjectStore",
          "rest.auth.RandomIds",
          "spi.SystemMonotonicClock");

  /** The classes that know Quarkus and what lies below it. */
  static final Set<String> FRAMEWORK_USERS =
      Set.of(
          "cli.Main",
          "functions.EventFunction",
          "functions.FunqyHandler",
          "functions.LambdaHandler",
          "functions.ScheduleFunction",
          "functions.config.ProcessDeployment",
          "functions.log.LogRecords",
          "rest.connection.ConnectionSettings",
          "rest.connection.ProxyAddress",
          "rest.connection.ResponseDecoder",
          "rest.connection.TlsMaterial",
          "rest.http.Body",
          "rest.http.LastingFailure",
          "rest.http.QuarkusClients",
          "rest.http.QuarkusTransport",
          "rest.http.Retrying",
          "rest.http.TimeLimited");

  private Architecture() {}

  /** Every rule by the name that a failure shows. */
  static Map<String, ArchRule> rules() {
    var rules = new LinkedHashMap<String, ArchRule>();
    LAYERS.forEach(
        (layer, below) ->
            rules.put("layer " + layer, knowsOnly(LAYERS.keySet(), layer, below, "..")));
    SUBLAYERS.forEach(
        (layer, below) ->
            rules.put("sublayer " + layer, knowsOnly(siblings(layer), layer, below, "")));
    rules.put("no cycles", slices().matching(ROOT + ".(**)").should().beFreeOfCycles());
    rules.put(
        "connectors do not know one another",
        slices().matching(ROOT + ".connectors.(*)..").should().notDependOnEachOther());
    rules.put("connectors are made by their providers only", connectorsAreHidden());
    rules.put("connectors know only the connector API", connectorsKnowOnlyTheApi());
    rules.put("framework", frameworkAtTheRim());
    rules.put("AWS SDK", knownOnlyTo("software.amazon..", "aws", "functions", "cli"));
    rules.put("picocli", knownOnlyTo("picocli..", "cli"));
    rules.put("clocks, sleeps and chance", unforeseeableAtTheRim());
    rules.put("packages are small", packagesAreSmall());
    rules.put("simple names are unique", simpleNamesAreUnique());
    rules.put("packages are null-marked", packagesAreNullMarked());
    return rules;
  }

  private static Set<String> siblings(String layer) {
    String top = layer.replaceFirst("\\..*", "");
    return SUBLAYERS.keySet().stream()
        .filter(other -> other.replaceFirst("\\..*", "").equals(top))
        .collect(Collectors.toSet());
  }

  private static String[] packages(Collection<String> layers, String suffix) {
    return layers.stream().map(layer -> ROOT + "." + layer + suffix).toArray(String[]::new);
  }

  /** The command line serves the simulated source, which is a server and not a connector. */
  private static ArchRule knowsOnly(
      Set<String> all, String layer, Set<String> below, String suffix) {
    var forbidden = new TreeSet<>(all);
    forbidden.removeAll(below);
    forbidden.remove(layer);
    var above = resideInAnyPackage(packages(forbidden, suffix));
    var served = resideInAPackage(ROOT + ".connectors.example.api");
    return noClasses()
        .that(resideInAPackage(ROOT + "." + layer + suffix))
        .should()
        .dependOnClassesThat(layer.equals("cli") ? above.and(not(served)) : above);
  }

  private static ArchRule connectorsAreHidden() {
    return classes()
        .that(resideInAPackage(ROOT + ".connectors.*"))
        .and()
        .arePublic()
        .should()
        .implement("dev.sluice.spi.ConnectorProvider");
  }

  private static ArchRule connectorsKnowOnlyTheApi() {
    var inner =
        DescribedPredicate.<JavaClass>describe(
            "a type of rest without @ConnectorApi",
            type ->
                type.getPackageName().startsWith(ROOT + ".rest")
                    && !outermost(type).isAnnotatedWith(ConnectorApi.class));
    return noClasses()
        .that(resideInAPackage(ROOT + ".connectors.."))
        .should()
        .dependOnClassesThat(inner);
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(Architecture::outermost).orElse(type);
  }

  private static ArchRule frameworkAtTheRim() {
    return noClasses()
        .that(areNoneOf(FRAMEWORK_USERS))
        .should()
        .dependOnClassesThat(resideInAnyPackage(FRAMEWORK));
  }

  /** Looks at the whole name, and at that of the class which a nested one lies in. */
  private static DescribedPredicate<JavaClass> areNoneOf(Set<String> names) {
    return DescribedPredicate.describe(
        "are none of " + new TreeSet<>(names),
        type ->
            !names.contains(nameBelowRoot(type))
                && !names.contains(nameBelowRoot(outermost(type))));
  }

  static String nameBelowRoot(JavaClass type) {
    return type.getName().substring(ROOT.length() + 1);
  }

  private static ArchRule knownOnlyTo(String library, String... layers) {
    return noClasses()
        .that(not(resideInAnyPackage(packages(Set.of(layers), ".."))))
        .should()
        .dependOnClassesThat(resideInAPackage(library));
  }

  private static ArchRule unforeseeableAtTheRim() {
    var call =
        DescribedPredicate.<JavaAccess<?>>describe(
            "a clock, a sleep or chance",
            access ->
                UNFORESEEABLE.contains(
                    access.getTargetOwner().getName() + "." + access.getTarget().getName()));
    return noClasses().that(areNoneOf(RIM)).should().accessTargetWhere(call);
  }

  private static ArchRule packagesAreSmall() {
    return classes()
        .should(
            perGroup(
                "lie in a package of at most " + MOST_CLASSES + " classes",
                JavaClass::getPackageName,
                MOST_CLASSES));
  }

  private static ArchRule simpleNamesAreUnique() {
    return classes()
        .should(perGroup("have a simple name of their own", JavaClass::getSimpleName, 1));
  }

  /** Counts top-level classes by a property of theirs. */
  private static ArchCondition<JavaClass> perGroup(
      String description, Function<JavaClass, String> group, int most) {
    return new ArchCondition<>(description) {
      private final Map<String, Set<String>> groups = new TreeMap<>();

      @Override
      public void init(Collection<JavaClass> all) {
        topLevel(all.stream())
            .forEach(
                type ->
                    groups
                        .computeIfAbsent(group.apply(type), key -> new TreeSet<>())
                        .add(type.getName()));
      }

      @Override
      public void check(JavaClass type, ConditionEvents events) {}

      @Override
      public void finish(ConditionEvents events) {
        groups.forEach(
            (key, members) -> {
              if (members.size() > most) {
                events.add(
                    SimpleConditionEvent.violated(
                        key, "%s: %d classes: %s".formatted(key, members.size(), members)));
              }
            });
      }
    };
  }

  static Stream<JavaClass> topLevel(Stream<JavaClass> types) {
    return types.filter(
        type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"));
  }

  private static ArchRule packagesAreNullMarked() {
    return classes()
        .should(
            new ArchCondition<>("lie in a package that is null-marked") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                  events.add(
                      SimpleConditionEvent.violated(
                          type, type.getName() + " lies in a package that is not @NullMarked"));
                }
              }
            });
  }
}
