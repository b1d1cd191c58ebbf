package dev.sluice.connectors.fhir;

import dev.sluice.rest.http.HttpOptions;
import dev.sluice.rest.strategy.Incremental;
import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorProvider;
import dev.sluice.spi.Option;
import dev.sluice.spi.SourceConnector;
import dev.sluice.spi.TableSpec;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The provider for FHIR servers of release 4: HAPI and others. */
public final class FhirProvider implements ConnectorProvider {
  static final Option<URI> BASE_URL =
      Option.url("base_url", "The server's base, such as https://fhir.example.com/r4")
          .required()
          .addressing();
  static final Option<String> RESOURCE_TYPES =
      Option.text(
          "resource_types",
          "The tables, separated by commas, in place of the fourteen that are there without it");

  static final Option<String> AUTH_TYPE =
      Option.oneOf(
              "auth_type",
              "How the server knows us: SMART backend services, a client's secret, not at all",
              FhirAuth.JWT_ASSERTION,
              FhirAuth.CLIENT_SECRET,
              FhirAuth.NONE)
          .withDefault(FhirAuth.NONE);
  static final Option<URI> TOKEN_URL =
      Option.endpoint(
          "token_url",
          "Where tokens come from; without it, what .well-known/smart-configuration says");
  static final Option<String> TOKEN_HOSTS =
      Option.text(
          "token_hosts",
          "Hosts, separated by commas, that .well-known/smart-configuration may name in place of"
              + " base_url's");
  static final Option<String> AUDIENCE =
      Option.text("audience", "Whom a jwt_assertion is for; the token endpoint without it");
  static final Option<String> CLIENT_ID = Option.text("client_id", "The client's identifier");
  static final Option<String> SCOPE =
      Option.text("scope", "What is asked for, such as system/*.read; needed for jwt_assertion");
  static final Option<String> CLIENT_SECRET =
      Option.secret("client_secret", "The client's secret, for client_secret");
  static final Option<String> PRIVATE_KEY_PEM =
      Option.secret("private_key_pem", "The private key in PEM (PKCS #8), for jwt_assertion");
  static final Option<String> KID =
      Option.text("kid", "The identifier of the key that the server knows, for jwt_assertion");
  static final Option<String> PRIVATE_KEY_ALGORITHM =
      Option.oneOf("private_key_algorithm", "How the key signs", "RS384", "ES384")
          .withDefault("RS384");
  static final Option<Integer> REQUESTS_PER_MINUTE =
      Option.number(
          "requests_per_minute",
          "Spares a small server: requests are sent at even intervals, this many in a minute at"
              + " most",
          1,
          60_000);

  static final Option<Integer> PAGE_SIZE =
      Option.number("page_size", "Resources per request; a server may answer fewer", 1, 10_000)
          .withDefault(100)
          .pacing();
  static final Option<Instant> START_DATE =
      Option.timestamp("start_date", "Where the first read begins, included").selecting();
  static final Option<Duration> LOOKBACK_SECONDS =
      Incremental.LOOKBACK_SECONDS.withDefault(Duration.ofMinutes(2));
  static final Option<Duration> WINDOW_SECONDS =
      Option.span(
              "window_seconds",
              "Searches cover so much time each, one after the other; without it, all from the"
                  + " cursor on")
          .pacing();
  static final Option<String> PROFILE =
      Option.oneOf("profile", "Which columns a table has", Profile.BASE_R4, Profile.UK_CORE)
          .withDefault(Profile.BASE_R4)
          .shaping();
  static final Option<String> DELETES =
      Option.oneOf(
              "deletes",
              "Whether deletes are read from the history: where the server says that it has one,"
                  + " always, never",
              Deletes.HISTORY,
              Deletes.REQUIRED,
              Deletes.NONE)
          .withDefault(Deletes.HISTORY)
          .shaping();
  static final Option<String> ORDER =
      Option.oneOf(
              "order",
              "What the server makes of _sort; where nothing, each read or window is one"
                  + " microbatch",
              ResourceSearch.SORTED,
              ResourceSearch.UNSORTED)
          .withDefault(ResourceSearch.SORTED)
          .pacing();

  @Override
  public String name() {
    return "fhir";
  }

  @Override
  public String description() {
    return "Resources of a FHIR R4 server";
  }

  @Override
  public List<Option<?>> connectionOptions() {
    return HttpOptions.and(
        BASE_URL,
        RESOURCE_TYPES,
        AUTH_TYPE,
        TOKEN_URL,
        TOKEN_HOSTS,
        AUDIENCE,
        CLIENT_ID,
        SCOPE,
        CLIENT_SECRET,
        PRIVATE_KEY_PEM,
        KID,
        PRIVATE_KEY_ALGORITHM,
        REQUESTS_PER_MINUTE);
  }

  @Override
  public List<TableSpec> tables() {
    return ResourceTypes.specs().stream()
        .map(
            spec ->
                spec.takes(
                    PAGE_SIZE,
                    START_DATE,
                    LOOKBACK_SECONDS,
                    WINDOW_SECONDS,
                    Incremental.SETTLE_SECONDS,
                    DELETES,
                    ORDER,
                    Incremental.FUTURE_TOLERANCE_SECONDS))
        .map(spec -> Profile.isFor(spec.name()) ? spec.takes(PROFILE) : spec)
        .toList();
  }

  @Override
  public SourceConnector create(ConnectorContext context) {
    return new FhirConnector(context);
  }
}
