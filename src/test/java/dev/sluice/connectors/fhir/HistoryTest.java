package dev.sluice.connectors.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.IngestionType;
import dev.sluice.spi.Options;
import dev.sluice.spi.SourceConnector;
import dev.sluice.spi.SourceRecord;
import dev.sluice.spi.Table;
import dev.sluice.testkit.Fault;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which tables tell of deletes, and what servers say of a deleted resource. */
@QuarkusTest
class HistoryTest {
  private static final Instant AT = Instant.parse("2026-03-02T08:00:00.123Z");

  @ParameterizedTest
  @CsvSource({
    "HAPI,history,CDC_WITH_DELETES",
    "DATED,history,CDC_WITH_DELETES",
    "PLAIN,history,CDC",
    "HAPI,none,CDC"
  })
  void theServersStatementSaysWhetherThereAreDeletes(
      ServerStyle style, String deletes, IngestionType type) {
    try (var server = FhirStandIn.start(style, "Patient");
        SourceConnector connector =
            new FhirProvider().create(Invocation.first().context(server.connection()))) {
      Table patients = Table.named("Patient").with(Options.NONE.with("deletes", deletes));

      assertThat(connector.metadata(patients).type()).isEqualTo(type);
      assertThat(connector.metadata(patients).type()).isEqualTo(type);
      assertThat(server.wire().requests()).isEqualTo(deletes.equals("none") ? 0 : 1);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Patient/a-1.b/_history/2 | W/\"2\" | a-1.b/2",
        "https://x.example/fhir/Patient/a/_history/7 | W/\"7\" | a/7",
        "Patient/a | W/\"3\" | a/3",
        "Patient/a | \"4\" | a/4"
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
            new FhirProvider().create(Invocation.first().context(server.connection()))) {
      server.wire().fail(new Fault.Answer(404, Map.of(), "nothing here"));
      Table patients = Table.named("Patient");

      assertThatThrownBy(() -> connector.metadata(patients))
          .hasMessageContaining("CapabilityStatement")
          .hasMessageContaining("'deletes: none'")
          .hasMessageContaining("nothing here");
      assertThat(connector.metadata(patients.with(Options.NONE.with("deletes", "none"))).type())
          .isEqualTo(IngestionType.CDC);
    }
  }
}
