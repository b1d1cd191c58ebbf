package dev.sluice.connectors.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorException.Kind;
import dev.sluice.spi.Options;
import dev.sluice.spi.SourceRecord;
import dev.sluice.testkit.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers do to searches, beside what the contract asks. */
class SearchesTest {
  private static final Instant BEGIN = Instant.parse("2026-03-02T08:00:00.000Z");
  static final Fault NOT_NOW =
      new Fault.Answer(200, Map.of(), Bundles.outcome("error", "throttled", "not now").toString());

  private static final Options PAGES_OF_THREE = Options.NONE.with("page_size", "3");

  private static FhirStandIn filled(ServerStyle style, int patients) {
    var server = FhirStandIn.start(style, "Patient", "Basic");
    ResourceStore store = server.api().store("Patient");
    IntStream.range(0, patients)
        .forEach(
            i ->
                store.put("p" + i, BEGIN.plusSeconds(i * 7L % 60), Resources.ofType("Patient", i)));
    return server;
  }

  private static ConnectorException failure(FhirStandIn server, Options options) {
    return org.assertj.core.api.Assertions.catchThrowableOfType(
        ConnectorException.class,
        () -> FhirInvocation.first().read(server.connection(), "Patient", options));
  }

  @Test
  void aServerThatDoesNotSortIsRefusedWhenItIsSaidToSort() {
    try (var server = filled(ServerStyle.PLAIN, 20)) {
      ConnectorException failure = failure(server, PAGES_OF_THREE);

      assertThat(failure.kind()).isEqualTo(Kind.CONFIGURATION);
      assertThat(failure).hasMessageContaining("set 'order: unsorted'");
    }
  }

  @ParameterizedTest
  @CsvSource({"HAPI,1", "HAPI,3", "PLAIN,1"})
  void resourcesOfOneInstantNeedNoOrder(ServerStyle style, int patients) {
    try (var server = FhirStandIn.start(style, "Patient")) {
      IntStream.range(0, patients)
          .forEach(
              i ->
                  server
                      .api()
                      .store("Patient")
                      .put("p" + i, BEGIN, Resources.ofType("Patient", i)));

      var read = FhirInvocation.first().read(server.connection(), "Patient", Options.NONE);

      assertThat(read.ids()).hasSize(patients);
    }
  }

  @Test
  void aServerThatSortsNoLongerIsRefusedWithWhatToDo() {
    try (var server = filled(ServerStyle.NUMBERED, 1)) {
      var first = FhirInvocation.first().read(server.connection(), "Patient", PAGES_OF_THREE);
      IntStream.range(0, 20)
          .forEach(
              i ->
                  server
                      .api()
                      .store("Patient")
                      .put("q" + i, BEGIN.plusSeconds(300 - i), Resources.ofType("Patient", i)));
      server.api().searches().sortNoLonger();

      assertThatThrownBy(
              () ->
                  new FhirInvocation(first.offset())
                      .read(server.connection(), "Patient", PAGES_OF_THREE))
          .hasMessageContaining("sorted by 'meta.lastUpdated'")
          .hasMessageContaining("set 'order: unsorted'");
    }
  }

  @ParameterizedTest
  @CsvSource({"PLAIN,unsorted", "NUMBERED,sorted"})
  void aSearchThatSaysMoreThanItGivesIsRefused(ServerStyle style, String order) {
    try (var server = filled(style, 20)) {
      server.api().searches().leadOnNoLonger();

      ConnectorException failure = failure(server, PAGES_OF_THREE.with("order", order));

      assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
      assertThat(failure)
          .hasMessageContaining("has 20 records")
          .hasMessageContaining("without a link to more");
    }
  }

  @Test
  void aPageWithRoomMayCountWhatItDoesNotShow() {
    try (var server = filled(ServerStyle.PLAIN, 20)) {
      server.api().searches().leadOnNoLonger();
      server.api().store("Patient").mostPerPage(15);

      var read =
          FhirInvocation.first()
              .read(server.connection(), "Patient", Options.NONE.with("order", "unsorted"));

      assertThat(read.ids()).hasSizeLessThan(20);
      assertThat(read.warnings())
          .anyMatch(text -> text.contains("has 20 records, as its 'total' says, and gave 15"));
    }
  }

  @Test
  void aServerThatDoesNotSortIsReadAsAWhole() {
    try (var server = filled(ServerStyle.PLAIN, 20)) {
      var read =
          FhirInvocation.first()
              .read(server.connection(), "Patient", PAGES_OF_THREE.with("order", "unsorted"));

      assertThat(new HashSet<>(read.ids())).hasSize(20);
      assertThat(read.records())
          .allMatch(record -> record.text("resourceType").orElse("").equals("Patient"));
    }
  }

  @Test
  void aWarningOfTheServerIsToldOnceAndIsNoRow() {
    try (var server = filled(ServerStyle.PLAIN, 20)) {
      var read =
          FhirInvocation.first()
              .read(server.connection(), "Patient", PAGES_OF_THREE.with("order", "unsorted"));

      assertThat(read.warnings())
          .containsExactly(
              "OperationOutcome, warning: processing, _sort is not supported and was ignored");
    }
  }

  @ParameterizedTest
  @CsvSource({"information,false", "warning,false", "error,true", "fatal,true"})
  void anOutcomeAmongTheMatchesIsAnErrorByItsSeverity(String severity, boolean isError) {
    try (var server = filled(ServerStyle.HAPI, 2)) {
      server
          .api()
          .searches()
          .outcome(Bundles.outcome(severity, "for " + FhirStandIn.SECRET + " only"));
      if (isError) {
        ConnectorException failure = failure(server, Options.NONE);

        assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
        assertThat(failure).hasMessageContaining("OperationOutcome, " + severity + ": processing");
        assertThat(failure).hasMessageContaining("for *** only");
      } else {
        var read = FhirInvocation.first().read(server.connection(), "Patient", Options.NONE);

        assertThat(read.ids()).containsExactlyInAnyOrder("p0", "p1");
        assertThat(read.warnings()).hasSize(1).allMatch(text -> text.contains("for *** only"));
      }
    }
  }

  @Test
  void anOutcomeInPlaceOfABundleIsAnError() {
    try (var server = filled(ServerStyle.HAPI, 2)) {
      ObjectNode outcome = Bundles.outcome("warning", "nothing for you");
      server.wire().fail(new Fault.Answer(200, Map.of(), outcome.toString()));

      ConnectorException failure = failure(server, Options.NONE);

      assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
      assertThat(failure).hasMessageContaining("nothing for you");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "throttled,TRANSIENT",
    "transient,TRANSIENT",
    "timeout,TRANSIENT",
    "lock-error,TRANSIENT",
    "no-store,TRANSIENT",
    "exception,TRANSIENT",
    "incomplete,TRANSIENT",
    "processing,PROTOCOL",
    "not-supported,PROTOCOL"
  })
  void anOutcomeThatPassesIsRepeated(String code, Kind kind) {
    ObjectNode outcome = Bundles.outcome("error", code, "not now");
    try (var server = filled(ServerStyle.HAPI, 2)) {
      server.wire().fail(new Fault.Answer(200, Map.of(), outcome.toString()));

      ConnectorException failure = failure(server, Options.NONE);

      assertThat(failure.kind()).isEqualTo(kind);
      assertThat(failure).hasMessageContaining("not now");
      assertThat(server.wire().requests()).isEqualTo(kind == Kind.TRANSIENT ? 3 : 1);
    }
    try (var server = filled(ServerStyle.HAPI, 2)) {
      server.api().searches().outcome(outcome);

      ConnectorException failure = failure(server, Options.NONE);

      assertThat(failure.kind()).isEqualTo(kind);
      assertThat(failure).hasMessageContaining("not now");
      assertThat(server.wire().requests()).isEqualTo(kind == Kind.TRANSIENT ? 3 : 1);
    }
  }

  @Test
  void aWaitThatAnOutcomeComesWithIsHandedOn() {
    try (var server = filled(ServerStyle.HAPI, 2)) {
      server
          .wire()
          .fail(
              new Fault.Answer(
                  200,
                  Map.of("Retry-After", "3600"),
                  Bundles.outcome("error", "throttled", "not now").toString()));

      ConnectorException failure = failure(server, Options.NONE);

      assertThat(failure.resumeAt()).contains(FhirInvocation.NOW.plusSeconds(3600));
      assertThat(server.wire().requests()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"incomplete,true", "timeout,true", "suppressed,false", "throttled,false"})
  void whatAServerCallsIncompleteIsNotTakenForWhole(String code, boolean isError) {
    try (var server = filled(ServerStyle.HAPI, 2)) {
      server.api().searches().outcome(Bundles.outcome("warning", code, "a part"));

      if (isError) {
        assertThat(failure(server, Options.NONE).kind()).isEqualTo(Kind.TRANSIENT);
      } else {
        var read = FhirInvocation.first().read(server.connection(), "Patient", Options.NONE);

        assertThat(read.ids()).hasSize(2);
        assertThat(read.warnings())
            .containsExactly("OperationOutcome, warning: " + code + ", a part");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Patient", "Parameters"})
  void anythingButABundleIsRefused(String type) {
    try (var server = filled(ServerStyle.HAPI, 2)) {
      server.wire().fail(new Fault.Answer(200, Map.of(), "{\"resourceType\": \"" + type + "\"}"));

      assertThat(failure(server, Options.NONE).kind()).isEqualTo(Kind.PROTOCOL);
    }
  }

  @Test
  void linksThatExpireCostNothingButMoreRequests() {
    try (var server = FhirStandIn.start(ServerStyle.HAPI, "Patient")) {
      ResourceStore store = server.api().store("Patient");
      IntStream.range(0, 20)
          .forEach(i -> store.put("p" + i, BEGIN, Resources.ofType("Patient", i)));
      server.wire().beforeRequest(5, server.api().searches()::expire);

      var read = FhirInvocation.first().read(server.connection(), "Patient", PAGES_OF_THREE);

      assertThat(new HashSet<>(read.ids())).hasSize(20);
      assertThat(server.wire().requests()).isGreaterThan(2 + 7 + 1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://x.example/fhir?_getpages=8c1f&_getpagesoffset=50&_count=50, true",
    "https://x.example/fhirStores/s/fhir/Patient?_count=50&_page_token=Cj3, true",
    "https://x.example/Patient?_sort=_lastUpdated&ct=W10, true",
    "https://x.example/Patient?_getpages=&_page=2, false",
    "https://x.example/Patient?direct=1&_offset=50, false"
  })
  void onlyLinksThatStayAreFollowedThroughAList(String link, boolean isSteady) {
    assertThat(ResourceSearch.isSteady(link)).isEqualTo(isSteady);
  }

  @Test
  void aSearchIsNotAnsweredWithAListOfBefore() {
    try (var server = filled(ServerStyle.HAPI, 3)) {
      var first = FhirInvocation.first().read(server.connection(), "Patient", Options.NONE);
      server
          .api()
          .store("Patient")
          .put("p9", BEGIN.plusSeconds(90), Resources.ofType("Patient", 1));

      var second =
          new FhirInvocation(first.offset()).read(server.connection(), "Patient", Options.NONE);

      assertThat(second.ids()).containsExactly("p9");
    }
  }

  @Test
  void requestsAreSentAtEvenIntervals() {
    try (var server = FhirStandIn.start(ServerStyle.HAPI, "Patient")) {
      Options connection = server.connection().with("requests_per_minute", "2");

      var failure =
          org.assertj.core.api.Assertions.catchThrowableOfType(
              ConnectorException.class,
              () ->
                  FhirInvocation.first()
                      .within(Duration.ofSeconds(20))
                      .read(connection, "Patient", Options.NONE));

      assertThat(failure.resumeAt().orElseThrow())
          .isBetween(FhirInvocation.NOW.plusSeconds(20), FhirInvocation.NOW.plusSeconds(30));
      assertThat(server.wire().requests()).isEqualTo(1);
    }
  }

  @Test
  void partialDatesAndDigitsArriveAsTheyAre() {
    try (var server = FhirStandIn.start(ServerStyle.HAPI, "Observation", "Patient")) {
      server.api().store("Patient").put("1", BEGIN, Resources.ofType("Patient", 1));
      server.api().store("Observation").put("1", BEGIN, Resources.ofType("Observation", 0));

      SourceRecord patient =
          FhirInvocation.first()
              .read(server.connection(), "Patient", Options.NONE)
              .records()
              .getFirst();
      SourceRecord observation =
          FhirInvocation.first()
              .read(server.connection(), "Observation", Options.NONE)
              .records()
              .getFirst();

      assertThat(patient.text("birthDate")).contains("2015");
      assertThat(patient.text("deceasedDateTime")).contains("2019");
      assertThat(patient.text("active")).contains("false");
      assertThat(observation.text("effectiveDateTime")).contains("2015-06");
      assertThat(observation.json()).contains("\"value\":80.5");
    }
  }

  @Test
  void theUkCoreProfileAddsItsColumnsAndChangesNothingElse() {
    try (var server = FhirStandIn.start(ServerStyle.HAPI, "Patient", "Basic")) {
      ResourceStore store = server.api().store("Patient");
      store.put("1", BEGIN, Resources.ofType("Patient", 0));
      store.put("2", BEGIN, Resources.ofType("Patient", 1));

      var base = FhirInvocation.first().read(server.connection(), "Patient", Options.NONE);
      var ukCore =
          FhirInvocation.first()
              .read(server.connection(), "Patient", Options.NONE.with("profile", "uk_core"));

      SourceRecord patient = ukCore.records().getFirst();
      assertThat(patient.json())
          .startsWith(base.records().getFirst().json().replaceAll("}$", ",\"nhs_number\":"));
      assertThat(patient.text("nhs_number")).contains("9000000009");
      assertThat(patient.text("interpreter_required")).contains("true");
      assertThat(patient.text("ethnic_category.text")).contains("British");
      assertThat(patient.text("birth_sex.text")).contains("Female");
      assertThat(patient.text("residential_status.text")).contains("UK resident");
      assertThat(patient.text("death_notification_status.text")).contains("Formal");
      assertThat(ukCore.records().getLast().json()).isEqualTo(base.records().getLast().json());
      assertThat(new Profile(Profile.UK_CORE).schema("Patient").fields())
          .extracting(field -> field.name())
          .contains("nhs_number", "interpreter_required", "birthDate");
      assertThat(new Profile(Profile.UK_CORE).schema("Basic"))
          .isEqualTo(new Profile(Profile.BASE_R4).schema("Goals"));
    }
  }

  @Test
  void aResourceTypeThatTheServerLacksIsAMistakeOfTheConfiguration() {
    try (var server = filled(ServerStyle.HAPI, 1)) {
      Options connection = server.connection().with("resource_types", "Patient, Nonsense");

      assertThatThrownBy(() -> FhirInvocation.first().read(connection, "Nonsense", Options.NONE))
          .hasMessageContaining("Unknown resource type 'Nonsense'")
          .extracting(e -> ((ConnectorException) e).kind())
          .isEqualTo(Kind.CONFIGURATION);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "patient", "Patient,", "../Patient", "Patient?x"})
  void whatIsNoResourceTypeIsRefused(String types) {
    Options connection =
        Options.of(Map.of("base_url", "https://localhost", "resource_types", types + " "));

    assertThatThrownBy(() -> new FhirProvider().create(FhirInvocation.first().context(connection)))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("resource_types");
  }

  @Test
  void withoutTheOptionFourteenTypesAreListed() {
    Options connection = Options.of(Map.of("base_url", "https://localhost"));

    try (var connector = new FhirProvider().create(FhirInvocation.first().context(connection))) {
      assertThat(connector.listTables())
          .hasSize(14)
          .containsAll(List.of("Patient", "Observation", "DocumentReference"));
    }
  }
}
