package dev.sluice.connectors.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.proof.Sluice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;

/**
 * Syncs a real HAPI FHIR server by the packaged program, while it is filled with Synthea's patients
 * and while it changes, and compares the lake with the server, resource by resource.
 */
class HapiServerTest {
  private static final List<String> TYPES =
      List.of(
          "Patient",
          "Observation",
          "Condition",
          "Encounter",
          "Procedure",
          "MedicationRequest",
          "DiagnosticReport",
          "AllergyIntolerance",
          "Immunization",
          "Coverage",
          "CarePlan",
          "Goal",
          "Device",
          "DocumentReference");

  private static final int PATIENTS = Integer.getInteger("proof.patients", 100);

  private final Instant begun = Instant.now();
  private final Map<String, Integer> requests = new TreeMap<>();
  private final Map<String, Integer> deletions = new TreeMap<>();
  private final Map<String, FoldedLake> lakes = new TreeMap<>();

  @TempDir Path folder;

  @Test
  void everyResourceArrivesWhileTheServerChanges() throws Exception {
    Process synthea = synthea();
    try (var server = HapiServer.start()) {
      String version = server.version();
      say("HAPI FHIR %s answers".formatted(version));
      List<Path> bundles = bundles(synthea);
      say("%d bundles of patients, hospitals and practitioners".formatted(bundles.size()));
      Files.writeString(folder.resolve("pipeline.yaml"), pipeline(server.base()));
      int half = bundles.size() / 2;
      for (Path bundle : bundles.subList(0, half)) {
        server.post(Files.readAllBytes(bundle));
      }
      say("half of them are loaded");
      whileSyncing(
          () -> {
            for (Path bundle : bundles.subList(half, bundles.size())) {
              server.post(Files.readAllBytes(bundle));
            }
            for (String type : TYPES) {
              server.transaction("PUT", ownResources(type));
            }
          });
      sync();
      compare(server);
      assertThat(server.count("Patient")).isGreaterThanOrEqualTo(PATIENTS);

      whileSyncing(() -> change(server));
      sync();
      compare(server);

      JsonNode quiet = sync();
      assertThat(quiet.path("tables")).allMatch(table -> table.path("records").asInt() == 0);
      assertThat(quiet.path("tables")).allMatch(table -> table.path("deletes").asInt() == 0);
      say(
          "a quiet run: nothing, by %d requests for %d tables"
              .formatted(sum(quiet, "requests"), TYPES.size()));
      print();
      say("done, with HAPI FHIR " + version);
    }
  }

  private Process synthea() throws IOException {
    return new JavaProgram("Patients", List.of("-Xmx2g"))
        .start(
            folder.resolve("synthea").toString(),
            Integer.toString(PATIENTS),
            System.getProperty("proof.years", "1"),
            System.getProperty("proof.seed", "17"));
  }

  /** What Synthea makes; hospitals and practitioners first, as patients refer to them. */
  private List<Path> bundles(Process synthea) throws IOException, InterruptedException {
    assertThat(synthea.waitFor(1, TimeUnit.HOURS)).isTrue();
    assertThat(synthea.exitValue()).isZero();
    try (Stream<Path> files = Files.list(folder.resolve("synthea/fhir"))) {
      return files
          .sorted(
              Comparator.<Path, Boolean>comparing(file -> !isNamed(file, "hospitalInformation"))
                  .thenComparing(file -> !isNamed(file, "practitionerInformation"))
                  .thenComparing(Path::toString))
          .toList();
    }
  }

  private static boolean isNamed(Path file, String beginning) {
    return file.getFileName().toString().startsWith(beginning);
  }

  /** With every element that the type's table has; the server refuses what FHIR lacks. */
  private static Map<String, ObjectNode> ownResources(String type) {
    List<ObjectNode> resources = Resources.ofType(type);
    Map<String, ObjectNode> own = new LinkedHashMap<>();
    for (int i = 0; i < 20; i++) {
      ObjectNode resource = resources.get(i % resources.size()).deepCopy();
      own.put(type + "/own-" + i, resource.put("id", "own-" + i));
    }
    return own;
  }

  /**
   * Updates, deletes, restores and new resources of every type, in transactions large and small.
   */
  private void change(HapiServer server) throws Exception {
    for (String type : TYPES) {
      List<ObjectNode> all = new ArrayList<>(server.all(type).values());
      Map<String, ObjectNode> updated = new LinkedHashMap<>();
      Map<String, ObjectNode> deleted = new LinkedHashMap<>();
      for (int i = 0; i < Math.min(all.size(), 1_000); i++) {
        String reference = type + "/" + all.get(i).path("id").asText();
        if (i % 5 == 1) {
          updated.put(reference, all.get(i).deepCopy().put("language", "en-GB"));
        } else if (i % 10 == 0) {
          deleted.put(reference, all.get(i));
        }
      }
      server.transaction("PUT", updated);
      server.transaction("DELETE", deleted);
      Map<String, ObjectNode> restored = new LinkedHashMap<>();
      deleted.entrySet().stream()
          .limit(1 + deleted.size() / 4)
          .forEach(entry -> restored.put(entry.getKey(), entry.getValue().put("language", "cy")));
      server.transaction("PUT", restored);
      ObjectNode added = Resources.ofType(type, 0).deepCopy().put("id", "new-" + type);
      server.transaction("PUT", Map.of(type + "/new-" + type, added));
      Map.Entry<String, ObjectNode> again = restored.entrySet().iterator().next();
      server.transaction("DELETE", Map.of(again.getKey(), again.getValue()));
      deletions.put(type, deleted.size() + 1);
    }
  }

  /** Does something while one sync follows the other. */
  private void whileSyncing(Work work) throws Exception {
    var done = new AtomicBoolean();
    var failure = new AtomicReference<Throwable>();
    Thread syncs =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    while (!done.get()) {
                      sync();
                    }
                  } catch (Throwable e) {
                    failure.set(e);
                  }
                });
    try {
      work.run();
    } finally {
      done.set(true);
      syncs.join();
    }
    if (failure.get() != null) {
      throw new AssertionFailedError("a sync meanwhile", failure.get());
    }
  }

  @FunctionalInterface
  private interface Work {
    void run() throws Exception;
  }

  private JsonNode sync() throws IOException, InterruptedException {
    var sluice = new Sluice(folder, Map.of());
    Process process = sluice.start("sync", "-p", "pipeline.yaml", "--output", "json");
    assertThat(process.waitFor(1, TimeUnit.HOURS)).isTrue();
    assertThat(process.exitValue()).as(sluice.output() + sluice.errors()).isZero();
    JsonNode report = Resources.MAPPER.readTree(sluice.output());
    for (JsonNode table : report.path("tables")) {
      requests.merge(table.path("table").asText(), table.path("requests").asInt(), Integer::sum);
    }
    say("a sync: %d records, %d deletes".formatted(sum(report, "records"), sum(report, "deletes")));
    return report;
  }

  private static int sum(JsonNode report, String field) {
    int sum = 0;
    for (JsonNode table : report.path("tables")) {
      sum += table.path(field).asInt();
    }
    return sum;
  }

  private void compare(HapiServer server) throws Exception {
    for (String type : TYPES) {
      FoldedLake lake = FoldedLake.of(folder.resolve("lake/hapi/" + type));
      Map<String, ObjectNode> expected = server.all(type);

      assertThat(expected).as(type).isNotEmpty().hasSize(server.count(type));
      assertThat(lake.resources().keySet()).as(type).isEqualTo(expected.keySet());
      expected.forEach(
          (id, resource) ->
              assertThat(lake.resources().get(id)).as(type + "/" + id).isEqualTo(resource));
      assertThat(lake.tombstones())
          .as("each deletion of " + type + " once")
          .isEqualTo(Objects.requireNonNullElse(deletions.get(type), 0));
      var fit =
          new SchemaFit(
              new Profile(Profile.BASE_R4).schema(type), List.copyOf(lake.resources().values()));
      assertThat(fit.problems()).as(type).isEmpty();
      lakes.put(type, lake);
    }
    say("every resource of the lake equals the server's");
  }

  /** Of the last comparison, where what lies on the server is what lies in the lake. */
  private void print() {
    System.out.printf(
        "%-20s %9s %9s %9s %10s %9s%n",
        "TABLE", "ON SERVER", "ROWS", "VERSIONS", "TOMBSTONES", "REQUESTS");
    int[] sums = new int[5];
    for (String type : TYPES) {
      FoldedLake lake = Objects.requireNonNull(lakes.get(type));
      int[] numbers = {
        lake.resources().size(),
        lake.rows(),
        lake.versions(),
        lake.tombstones(),
        Objects.requireNonNullElse(requests.get(type), 0)
      };
      Arrays.setAll(sums, i -> sums[i] + numbers[i]);
      print(type, numbers);
    }
    print("all", sums);
  }

  private static void print(String title, int[] numbers) {
    System.out.printf(
        "%-20s %9d %9d %9d %10d %9d%n",
        title, numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
  }

  private void say(String what) {
    System.out.printf("%5d s  %s%n", Duration.between(begun, Instant.now()).toSeconds(), what);
  }

  private static String pipeline(String base) {
    StringBuilder pipeline = new StringBuilder();
    pipeline.append(
        """
        name: hapi
        connector: fhir
        connection:
          base_url: %s
        destination:
          uri: file:./lake
        time_budget: 50m
        tables:
        """
            .formatted(base));
    TYPES.forEach(
        type ->
            pipeline.append(
                "  - { table: %s, options: { page_size: 500, lookback_seconds: 60 } }%n"
                    .formatted(type)));
    return pipeline.toString();
  }
}
