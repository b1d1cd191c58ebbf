package dev.sluice.connectors.hubspot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorException.Kind;
import dev.sluice.spi.Options;
import dev.sluice.spi.Table;
import dev.sluice.testkit.Call;
import dev.sluice.testkit.RowSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Credentials, permissions, and the account's own objects. */
class AccessTest {
  private static final Instant DAY = Instant.parse("2026-03-02T08:00:00Z");
  private static final Instant NEXT_DAY = DAY.plus(Duration.ofDays(1));

  private static HubSpotReader reader(HubSpotStandIn hubSpot, String table, Options connection) {
    return new HubSpotReader(hubSpot, Table.named(table), Integer.MAX_VALUE, connection);
  }

  private static List<String> tables(HubSpotReader reader) {
    return reader.connected(DAY, connector -> connector.listTables());
  }

  @Test
  void oauthAppReadsWithTheTokenThatItsRefreshTokenGives() {
    try (var hubSpot = new HubSpotStandIn()) {
      CrmTable deals = hubSpot.api().table("deals");
      deals.put(CrmFixture.object(deals, RowSpec.of(0, DAY.minusSeconds(60))));
      var reader = reader(hubSpot, "deals", hubSpot.oauthConnection());

      assertThat(reader.read(DAY)).hasSize(1);
      assertThat(hubSpot.tokens()).isEqualTo(1);
    }
  }

  @Test
  void tokenThatEndsInMidRunIsRefreshedAndNothingIsLost() {
    try (var hubSpot = new HubSpotStandIn()) {
      CrmTable deals = hubSpot.api().table("deals");
      for (int key = 0; key < 250; key++) {
        deals.put(CrmFixture.object(deals, RowSpec.of(key, DAY.minusSeconds(60))));
      }
      hubSpot.wire().beforeRequest(5, () -> hubSpot.gate().token("another"));
      var reader = reader(hubSpot, "deals", hubSpot.oauthConnection());

      assertThat(reader.read(DAY)).hasSize(250);
      assertThat(hubSpot.tokens()).isEqualTo(2);
    }
  }

  @Test
  void oneKindOfCredentialIsNeeded() {
    try (var hubSpot = new HubSpotStandIn()) {
      for (Options wrong :
          List.of(
              Options.NONE,
              hubSpot.oauthConnection().with("access_token", "both"),
              Options.NONE.with("refresh_token", "without an app"))) {
        var failure =
            catchThrowableOfType(
                ConnectorException.class, () -> tables(reader(hubSpot, "deals", wrong)));

        assertThat(failure.kind()).isEqualTo(Kind.CONFIGURATION);
      }
      assertThat(hubSpot.wire().requests()).isZero();
    }
  }

  @Test
  void customObjectIsATableByItsTypeId() {
    try (var hubSpot = new HubSpotStandIn()) {
      CrmTable cars = hubSpot.api().table(CrmApi.CUSTOM);
      cars.put(CrmFixture.object(cars, RowSpec.of(0, DAY.minusSeconds(60))));
      var reader = HubSpotReader.of(hubSpot, CrmApi.CUSTOM);

      assertThat(tables(reader)).hasSize(10).endsWith(CrmApi.CUSTOM);
      assertThat(reader.read(DAY)).hasSize(1);
      assertThat(hubSpot.calls())
          .extracting(Call::path)
          .contains("/crm/objects/2026-03/2-7654321", "/crm/properties/2026-03/2-7654321");
    }
  }

  @Test
  void customObjectByItsNameIsRefusedWithItsTypeId() {
    try (var hubSpot = new HubSpotStandIn()) {
      var failure =
          catchThrowableOfType(
              ConnectorException.class,
              () -> HubSpotReader.of(hubSpot, CrmApi.CUSTOM_NAME).read(DAY));

      assertThat(failure.kind()).isEqualTo(Kind.CONFIGURATION);
      assertThat(failure).hasMessageContaining("2-7654321 (cars)");
    }
  }

  /** A refusal must not look like an account without objects of its own. */
  @Test
  void missingScopeForCustomObjectsIsSaid() {
    try (var hubSpot = new HubSpotStandIn()) {
      hubSpot.api().allowSchemas(false);
      CrmTable deals = hubSpot.api().table("deals");
      deals.put(CrmFixture.object(deals, RowSpec.of(0, DAY.minusSeconds(60))));

      for (String table : List.of(CrmApi.CUSTOM, "deals")) {
        var failure =
            catchThrowableOfType(
                ConnectorException.class, () -> tables(HubSpotReader.of(hubSpot, table)));

        assertThat(failure.isAccessDenied()).isTrue();
        assertThat(failure)
            .hasMessageContaining("crm.schemas.custom.read")
            .hasMessageContaining("custom_objects: ignored");
      }
      assertThat(HubSpotReader.of(hubSpot, "deals").read(DAY)).hasSize(1);
      Options without = hubSpot.connection().with("custom_objects", "ignored");
      assertThat(tables(reader(hubSpot, "deals", without))).hasSize(9);
    }
  }

  @Test
  void refusedTokenMovesNothing() {
    try (var hubSpot = new HubSpotStandIn()) {
      CrmTable deals = hubSpot.api().table("deals");
      deals.put(CrmFixture.object(deals, RowSpec.of(0, DAY.minusSeconds(60))));
      var reader = HubSpotReader.of(hubSpot, "deals");
      hubSpot.gate().token("revoked");

      var failure = catchThrowableOfType(ConnectorException.class, () -> reader.read(DAY));
      hubSpot.gate().token(HubSpotStandIn.TOKEN);

      assertThat(failure.isAccessDenied()).isTrue();
      assertThat(reader.read(NEXT_DAY)).hasSize(1);
    }
  }

  /** Most accounts have no such scope, and would look for the mistake in the wrong place. */
  @Test
  void misspeltTableIsNamedThoughCustomObjectsCannotBeListed() {
    try (var hubSpot = new HubSpotStandIn()) {
      hubSpot.api().allowSchemas(false);

      var failure =
          catchThrowableOfType(
              ConnectorException.class, () -> HubSpotReader.of(hubSpot, "contact").read(DAY));

      assertThat(failure)
          .hasMessageContaining("'contact'")
          .hasMessageContaining("contacts, companies, deals")
          .hasMessageContaining("crm.schemas.custom.read");
    }
  }
}
