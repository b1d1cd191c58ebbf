package dev.sluice.connectors.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.IngestionType;
import dev.sluice.spi.Options;
import dev.sluice.spi.SourceConnector;
import dev.sluice.spi.SourceRecord;
import dev.sluice.spi.Table;
import dev.sluice.spi.TableMetadata;
import dev.sluice.testkit.Fault;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which tables tell of deletes, and what servers say of a deleted resource. */
class HistoryTest {
  private static final Instant AT = Instant.parse("2026-03-02T08:00:00.123Z");

  @ParameterizedTest
  @CsvSource({
    "HAPI,history,CDC_WITH_DELETES",
    "DATED,history,CDC_WITH_DELETES",
    "HAPI,required,CDC_WITH_DELETES",
    "PLAIN,history,CDC",
    "HAPI,none,CDC"
  })
  void theServersStatementSaysWhetherThereAreDeletes(
      ServerStyle style, String deletes, IngestionType type) {
    try (var server = FhirStandIn.start(style, "Patient");
        SourceConnector connector =
            new FhirProvider().create(FhirInvocation.first().context(server.connection()))) {
      Table patients = Table.named("Patient").with(Options.NONE.with("deletes", deletes));

      assertThat(connector.metadata(patients).type()).isEqualTo(type);
      assertThat(connector.metadata(patients).type()).isEqualTo(type);
      assertThat(server.wire().requests()).isEqualTo(deletes.equals("none") ? 0 : 1);
    }
  }

  @Test
  void aServerThatShouldHaveAHistoryIsMissed() {
    try (var server = FhirStandIn.start(ServerStyle.PLAIN, "Patient");
        SourceConnector connector =
            new FhirProvider().create(FhirInvocation.first().context(server.connection()))) {
      Table patients = Table.named("Patient");

      assertThat(connector.metadata(patients).lackOfDeletes().orElseThrow())
          .contains("history-type for Patient", "'deletes: none'");
      assertThat(connector.metadata(patients.with(Options.NONE.with("deletes", "none"))))
          .extracting(TableMetadata::lackOfDeletes)
          .isEqualTo(Optional.empty());
      assertThatThrownBy(
              () -> connector.metadata(patients.with(Options.NONE.with("deletes", "required"))))
          .hasMessageContaining("'deletes: required'")
          .hasMessageContaining("history-type for Patient")
          .extracting(e -> ((ConnectorException) e).kind())
          .isEqualTo(ConnectorException.Kind.CONFIGURATION);
    }
  }

  @Test
  void aMassOfDeletesWithoutATimeIsReadOnceAndInParts() {
    try (var server = FhirStandIn.start(ServerStyle.HAPI, "Patient")) {
      ResourceStore store = server.api().store("Patient");
      List<String> names = IntStream.range(0, 1_500).mapToObj(i -> "p" + i).toList();
      names.forEach(name -> store.put(name, AT, Resources.ofType("Patient", 0)));
      names.forEach(name -> store.delete(name, AT.plusSeconds(60)));

      var first = FhirInvocation.first().readDeletes(server.connection(), "Patient", Options.NONE);
      int requests = server.wire().requests();
      var quiet =
          new FhirInvocation(first.offset())
              .readDeletes(server.connection(), "Patient", Options.NONE);

      assertThat(first.ids()).containsExactlyInAnyOrderElementsOf(names);
      assertThat(first.largestBatch()).isLessThanOrEqualTo(300);
      assertThat(first.records())
          .allSatisfy(
              tombstone ->
                  assertThat(Instant.parse(tombstone.text("meta.lastUpdated").orElseThrow()))
                      .isBetween(AT, FhirInvocation.NOW.minusMillis(1)));
      assertThat(requests).isLessThan(35);
      assertThat(quiet.ids()).isEmpty();
      assertThat(server.wire().requests() - requests).isLessThan(3);
    }
  }

  @Test
  void theStatementIsAskedForOnceForAllTables() {
    try (var server = FhirStandIn.start(ServerStyle.HAPI, "Patient", "Observation");
        SourceConnector connector =
            new FhirProvider().create(FhirInvocation.first().context(server.connection()))) {
      connector.metadata(Table.named("Patient"));
      connector.metadata(Table.named("Observation"));

      assertThat(server.wire().requests()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"3.0.2,false", "4.0.1,true", "4.3.0,true", "5.0.0,false"})
  void aServerOfAnotherReleaseIsRefused(String version, boolean isRead) {
    try (var server = FhirStandIn.start(ServerStyle.HAPI, "Patient");
        SourceConnector connector =
            new FhirProvider().create(FhirInvocation.first().context(server.connection()))) {
      server.api().fhirVersion(version);
      Table patients = Table.named("Patient");

      if (isRead) {
        assertThat(connector.metadata(patients).type()).isEqualTo(IngestionType.CDC_WITH_DELETES);
      } else {
        assertThatThrownBy(() -> connector.metadata(patients))
            .hasMessageContaining("FHIR " + version)
            .extracting(e -> ((ConnectorException) e).kind())
            .isEqualTo(ConnectorException.Kind.CONFIGURATION);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Patient/a-1.b/_history/2 | W/\"2\" | a-1.b/2",
        "https://x.example/fhir/Patient/a/_history/7 | W/\"7\" | a/7",
        "Patient/a | W/\"3\" | a/3",
        "Patient/a | \"4\" | a/4",
        "Patient/an_identifier-of.88-characters-0123456789-0123456789-0123456789-0123456789-0123456789-01/_history/2"
            + " | \"2\" |"
            + " an_identifier-of.88-characters-0123456789-0123456789-0123456789-0123456789-0123456789-01/2"
      })
  void aDeletedResourceIsKnownByItsUrlAndItsVersion(String url, String etag, String name) {
    var entry =
        SourceRecord.of(
            """
            {"request": {"method": "DELETE", "url": "%s"},
             "response": {"etag": "%s", "lastModified": "%s"}}
            """
                .formatted(url, etag.replace("\"", "\\\""), AT));
    var deletes = new Deletes("Patient");
    String[] idAndVersion = name.split("/", 2);

    assertThat(deletes.time(entry)).contains(AT);
    assertThat(deletes.name(entry)).isEqualTo(name);
    assertThat(deletes.tombstone(entry, AT).map(SourceRecord::json))
        .contains(
            "{\"resourceType\":\"Patient\",\"id\":\"%s\",\"meta\":{\"versionId\":\"%s\",\"lastUpdated\":\"%s\"}}"
                .formatted(idAndVersion[0], idAndVersion[1], AT));
  }

  @Test
  void aDeletionThatDoesNotSayOfWhatIsAnError() {
    var entry = SourceRecord.of("{\"request\": {\"method\": \"DELETE\", \"url\": \"Patient\"}}");

    assertThatThrownBy(() -> new Deletes("Patient").tombstone(entry, AT))
        .hasMessageContaining("does not say what was deleted");
  }

  @Test
  void anEntryThatMayBeADeletionIsNotPassedOver() {
    var entry =
        SourceRecord.of(
            "{\"fullUrl\": \"Patient/a\", \"response\": {\"lastModified\": \"%s\"}}".formatted(AT));

    assertThatThrownBy(() -> new Deletes("Patient").tombstone(entry, AT))
        .hasMessageContaining("'Patient/a', has neither a resource nor a request.method");
  }

  @Test
  void aVersionIsNoDeletion() {
    var entry =
        SourceRecord.of(
            """
            {"fullUrl": "https://x.example/Patient/a",
             "resource": {"resourceType": "Patient", "meta": {"lastUpdated": "2026-03-02T09:00:00.123+01:00"}},
             "request": {"method": "PUT", "url": "Patient/a"}}
            """);

    assertThat(new Deletes("Patient").time(entry)).contains(AT);
    assertThat(new Deletes("Patient").tombstone(entry, AT)).isEqualTo(Optional.empty());
  }

  @Test
  void aServerWithoutAStatementIsReadWhenDeletesAreNotAskedFor() {
    try (var server = FhirStandIn.start(ServerStyle.HAPI, "Patient");
        SourceConnector connector =
            new FhirProvider().create(FhirInvocation.first().context(server.connection()))) {
      server.wire().fail(new Fault.Answer(404, Map.of(), "nothing here"));
      Table patients = Table.named("Patient");

      assertThatThrownBy(() -> connector.metadata(patients))
          .hasMessageContaining("CapabilityStatement")
          .hasMessageContaining("'deletes: none'")
          .hasMessageContaining("status 404");
      assertThat(connector.metadata(patients.with(Options.NONE.with("deletes", "none"))).type())
          .isEqualTo(IngestionType.CDC);
    }
  }
}
