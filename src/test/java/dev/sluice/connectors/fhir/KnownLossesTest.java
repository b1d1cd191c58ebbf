package dev.sluice.connectors.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorException.Kind;
import dev.sluice.spi.Options;
import dev.sluice.spi.SourceConnector;
import dev.sluice.spi.Table;
import dev.sluice.testkit.Fault;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What readers of FHIR servers are known to lose or to take for a row, beside the contract. */
class KnownLossesTest {
  private static final Instant BEGIN = Instant.parse("2026-03-02T08:00:00.000Z");
  private static final Options PAGES_OF_THREE =
      Options.NONE.with("page_size", "3").with("lookback_seconds", "0");

  private static FhirStandIn server(ServerStyle style) {
    return FhirStandIn.start(style, "Patient");
  }

  private static void put(FhirStandIn server, String id, Instant at) {
    server.api().store("Patient").put(id, at, Resources.ofType("Patient", 0));
  }

  private static List<String> names(int patients) {
    return IntStream.range(0, patients).mapToObj(i -> "p" + i).toList();
  }

  @ParameterizedTest
  @CsvSource({"HAPI,1", "HAPI,2", "HAPI,5", "HAPI,100", "PLAIN,1", "PLAIN,2", "PLAIN,100"})
  void aMicrobatchThatEndsAmongTiesLosesNone(ServerStyle style, int cap) {
    try (var server = server(style)) {
      for (int i = 0; i < 17; i++) {
        put(server, "p" + i, BEGIN.plusSeconds(i / 4));
      }
      String order = style == ServerStyle.PLAIN ? "unsorted" : "sorted";

      var read =
          FhirInvocation.first()
              .upTo(cap)
              .read(server.connection(), "Patient", PAGES_OF_THREE.with("order", order));

      assertThat(read.ids()).containsExactlyInAnyOrderElementsOf(names(17));
    }
  }

  @Test
  void theBoundIncludesTheInstantOfTheCursor() {
    try (var server = server(ServerStyle.HAPI)) {
      put(server, "p0", BEGIN);
      var first = FhirInvocation.first().read(server.connection(), "Patient", PAGES_OF_THREE);
      put(server, "p1", BEGIN);

      var second =
          new FhirInvocation(first.offset()).read(server.connection(), "Patient", PAGES_OF_THREE);

      assertThat(second.ids()).containsExactly("p1");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 100})
  void timesFinerThanTheBoundLoseNothing(int cap) {
    try (var server = server(ServerStyle.HAPI)) {
      for (int i = 0; i < 11; i++) {
        put(server, "p" + i, BEGIN.plus(Duration.ofNanos(250_000L * i)));
      }

      var read =
          FhirInvocation.first().upTo(cap).read(server.connection(), "Patient", PAGES_OF_THREE);

      assertThat(read.ids()).containsExactlyInAnyOrderElementsOf(names(11));
    }
  }

  @Test
  void whatComesAlongWithAMatchIsNoRowThoughItIsOfTheSameType() {
    try (var server = server(ServerStyle.HAPI)) {
      server.wire().fail(answer(Map.of("p0", "match", "p1", "include", "p2", "outcome"), BEGIN));

      var read =
          FhirInvocation.first()
              .read(server.connection(), "Patient", PAGES_OF_THREE.with("order", "unsorted"));

      assertThat(read.ids()).containsExactly("p0");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sorted", "unsorted"})
  void aServerThatIgnoresTheBoundIsRefused(String order) {
    try (var server = server(ServerStyle.HAPI)) {
      Options options = PAGES_OF_THREE.with("order", order);
      put(server, "p0", BEGIN);
      var first = FhirInvocation.first().read(server.connection(), "Patient", options);
      server.wire().fail(answer(Map.of("p1", "match"), BEGIN.minusSeconds(60)));

      ConnectorException failure =
          catchThrowableOfType(
              ConnectorException.class,
              () ->
                  new FhirInvocation(first.offset()).read(server.connection(), "Patient", options));

      assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
      assertThat(failure).hasMessageContaining(BEGIN.minusSeconds(60).toString());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "null | is not an object",
        "{\"search\": {\"mode\": \"match\"}, \"fullUrl\": \"Patient/p9\"} | Patient/p9', holds no"
            + " resource",
        "{\"resource\": null, \"search\": {\"mode\": \"match\"}} | no resource",
        "{\"resource\": {\"id\": \"p9\"}} | no resource that says its type",
        "{\"resource\": {\"resourceType\": \"Device\", \"id\": \"p9\"}} | holds a Device"
      })
  void anEntryThatCannotBeTakenIsAnError(String entry, String message) {
    try (var server = server(ServerStyle.HAPI)) {
      String patient =
          "{\"resource\": {\"resourceType\": \"Patient\", \"meta\": {\"lastUpdated\": \"%s\"}}}"
              .formatted(BEGIN);
      server
          .wire()
          .fail(
              new Fault.Answer(
                  200,
                  Map.of(),
                  "{\"resourceType\": \"Bundle\", \"entry\": [%s, %s]}".formatted(patient, entry)));

      ConnectorException failure =
          catchThrowableOfType(
              ConnectorException.class,
              () ->
                  FhirInvocation.first()
                      .read(
                          server.connection(),
                          "Patient",
                          PAGES_OF_THREE.with("order", "unsorted")));

      assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
      assertThat(failure).hasMessageContaining(message);
    }
  }

  /** A bundle on one page. */
  private static Fault answer(Map<String, String> modes, Instant at) {
    URI base = URI.create("https://localhost/fhir");
    ObjectNode bundle = Bundles.bundle("searchset", base);
    modes.forEach(
        (id, mode) -> {
          ObjectNode patient = Resources.ofType("Patient", 0).deepCopy().put("id", id);
          patient.withObjectProperty("meta").put("lastUpdated", at.toString());
          Bundles.match(bundle, base, new ResourceVersion(id, 1, at, Optional.of(patient)), mode);
        });
    return new Fault.Answer(200, Map.of(), bundle.toString());
  }

  @Test
  void aConnectorIsMadeWithoutAskingTheServer() {
    try (var server = server(ServerStyle.HAPI)) {
      Options discovering =
          Options.of(
              Map.of(
                  "base_url",
                  server.baseUrl().toString(),
                  "auth_type",
                  "client_secret",
                  "client_id",
                  "sluice",
                  "client_secret",
                  FhirStandIn.SECRET));

      try (SourceConnector connector =
          new FhirProvider().create(FhirInvocation.first().context(discovering))) {
        assertThat(connector.schema(Table.named("Patient")).has("birthDate")).isTrue();
        assertThat(server.wire().requests()).isZero();
        assertThat(server.tokens().asked()).isEmpty();
      }
    }
  }

  @Test
  void theColumnsOfOneCountryAreNotTheDefault() {
    try (SourceConnector connector =
        new FhirProvider()
            .create(
                FhirInvocation.first()
                    .context(Options.of(Map.of("base_url", "https://localhost"))))) {
      Table patients = Table.named("Patient");

      assertThat(connector.schema(patients).has("nhs_number")).isFalse();
      assertThat(
              connector
                  .schema(patients.with(Options.NONE.with("profile", "uk_core")))
                  .has("nhs_number"))
          .isTrue();
    }
  }

  /** As texts, the first would come last. */
  @Test
  void instantsOfOtherTimeZonesAreInTheirPlace() {
    try (var server = server(ServerStyle.HAPI)) {
      String patient =
          """
          {"resource": {"resourceType": "Patient", "id": "%s", "meta": {"lastUpdated": "%s"}}}\
          """;
      server
          .wire()
          .fail(
              new Fault.Answer(
                  200,
                  Map.of(),
                  "{\"resourceType\": \"Bundle\", \"entry\": [%s, %s]}"
                      .formatted(
                          patient.formatted("p0", "2026-03-02T10:00:00.000+02:00"),
                          patient.formatted("p1", "2026-03-02T08:00:00.500Z"))));

      var read = FhirInvocation.first().read(server.connection(), "Patient", PAGES_OF_THREE);

      assertThat(read.ids()).containsExactly("p0", "p1");
      assertThat(read.offset().json()).contains("\"cursor\":\"2026-03-02T08:00:00.500Z\"");
    }
  }
}
