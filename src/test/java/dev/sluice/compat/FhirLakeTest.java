package dev.sluice.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The offsets of the FHIR connector: searches, whole lists and passes through the history. */
class FhirLakeTest {
  private final FhirApi api =
      new FhirApi()
          .with("Patient", Item.range("p", 1, 20))
          .with("Encounter", Item.range("e", 1, 4))
          .with("Condition", Item.range("c", 1, 4))
          .with("Observation", Item.range("o", 1, 9))
          .withDeleted("Encounter", Item.range("e", 21, 40))
          .withDeleted("Condition", Item.range("c", 21, 25));
  private final Source source = Source.start(api);
  @TempDir Path folder;

  @AfterEach
  void close() {
    source.close();
  }

  @Test
  void searchGoesOnBehindItsCursorAndLooksBack() {
    var past = Past.of(folder, "fhir", source);
    String cursor = past.state("Patient", "data").at("/offset/cursor").asText();

    past.sync("Patient");

    assertThat(cursor).isEqualTo("2026-01-10T00:13:00Z");
    assertThat(source.first("/Patient?"))
        .isEqualTo(
            "GET /Patient?_count=100&_sort=_lastUpdated&_lastUpdated=ge2026-01-10T00:11:00.000Z");
    assertThat(past.records("Patient"))
        .containsExactlyInAnyOrderElementsOf(Item.names(Item.range("p", 1, 20)));
  }

  @Test
  void passThroughTheHistoryGoesOnWithItsPage() {
    var past = Past.of(folder, "fhir", source);

    past.sync("Encounter");

    assertThat(source.first("_history")).isEqualTo("GET /Encounter/_history?_count=100&_offset=12");
    assertThat(past.deletes("Encounter"))
        .containsExactlyInAnyOrderElementsOf(Item.names(Item.range("e", 21, 40)));
  }

  @Test
  void laterPassThroughTheHistoryKnowsTheDeletesOfTheLastOne() {
    var past = Past.of(folder, "fhir", source);

    past.sync("Condition");

    assertThat(source.first("_history"))
        .isEqualTo("GET /Condition/_history?_count=100&_since=2026-01-10T00:22:00Z");
    assertThat(past.deletes("Condition"))
        .containsExactlyInAnyOrderElementsOf(Item.names(Item.range("c", 21, 25)));
  }

  @Test
  void listThatIsNotSortedGoesOnBehindItsCursor() {
    var past = Past.of(folder, "fhir", source);

    past.sync("Observation");

    assertThat(source.first("/Observation"))
        .isEqualTo("GET /Observation?_count=100&_lastUpdated=ge2026-01-10T00:06:00.000Z");
    assertThat(past.records("Observation"))
        .containsExactlyInAnyOrderElementsOf(Item.names(Item.range("o", 1, 9)));
  }

  @Test
  void deletesThatAreTooManyToBeNamedAreKnownByTheirDigest() {
    List<Item> deleted =
        Stream.concat(
                Item.tied("p", 1001, 2600, Duration.ofMinutes(5)).stream(),
                Item.tied("p", 3001, 3002, Duration.ofMinutes(6)).stream())
            .toList();
    api.pagesOf(200).with("Procedure", Item.range("p", 1, 2)).withDeleted("Procedure", deleted);
    var past = Past.of(folder, "crowd", source);

    past.sync("Procedure");

    assertThat(source.first("_history"))
        .isEqualTo("GET /Procedure/_history?_count=100&_since=2026-01-10T00:03:00Z&_offset=400");
    assertThat(past.deletes("Procedure")).containsExactlyInAnyOrderElementsOf(Item.names(deleted));
  }
}
