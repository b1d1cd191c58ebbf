package dev.sluice.connectors.hubspot;

import dev.sluice.rest.http.HttpOptions;
import dev.sluice.rest.strategy.Incremental;
import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorProvider;
import dev.sluice.spi.Option;
import dev.sluice.spi.SourceConnector;
import dev.sluice.spi.TableSpec;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The provider for HubSpot's CRM: its objects and activities, and the account's own objects. */
public final class HubSpotProvider implements ConnectorProvider {
  static final Option<String> ACCESS_TOKEN =
      Option.secret("access_token", "A service key, or the token of an app in one account");
  static final Option<String> REFRESH_TOKEN =
      Option.secret("refresh_token", "The refresh token of an OAuth app, in place of a token");
  static final Option<String> CLIENT_ID =
      Option.text("client_id", "The OAuth app, together with 'refresh_token'");
  static final Option<String> CLIENT_SECRET =
      Option.secret("client_secret", "The OAuth app's secret, together with 'refresh_token'");
  static final Option<URI> BASE_URL =
      Option.url("base_url", "The API")
          .withDefault(URI.create("https://api.hubapi.com"))
          .addressing();
  static final Option<Integer> REQUESTS =
      Option.number(
              "requests_per_ten_seconds",
              "Requests of all kinds in any ten seconds; the account's other apps have budgets of"
                  + " their own",
              1,
              1_000_000)
          .withDefault(100);
  static final Option<Integer> SEARCHES =
      Option.number(
              "searches_per_second",
              "Searches in any second; HubSpot allows five, which all apps of the account share",
              1,
              1_000_000)
          .withDefault(4);
  static final Option<String> CUSTOM_OBJECTS =
      Option.oneOf(
              "custom_objects",
              "Whether the account's own objects are tables, which takes the scope"
                  + " crm.schemas.custom.read",
              "listed",
              "ignored")
          .withDefault("listed");

  static final Option<Duration> LOOKBACK_SECONDS =
      Incremental.LOOKBACK_SECONDS.withDefault(Duration.ofHours(1));
  static final Option<Integer> PAGE_SIZE =
      Option.number(
              "page_size",
              "Objects per request; of a list, HubSpot answers 100 at most, of a search 200",
              1,
              ObjectSearch.MOST_PER_PAGE)
          .withDefault(ObjectSearch.MOST_PER_PAGE)
          .pacing();
  static final Option<String> ASSOCIATIONS =
      Option.text(
              "associations",
              "The object types whose associated records are added, separated by commas; 'none' for"
                  + " none")
          .shaping();
  static final Option<String> PROPERTY_VALUES =
      Option.oneOf(
              "property_values",
              "Property values as the text that HubSpot sends, or as numbers, booleans and nulls"
                  + " where the property's type says so",
              "as_sent",
              "typed")
          .withDefault("as_sent")
          .shaping();
  static final Option<String> DELETES =
      Option.oneOf(
              "deletes",
              "Whether the list of archived records is read for deletes, as a whole, by every run",
              "archived",
              "ignored")
          .withDefault("archived")
          .shaping();

  @Override
  public String name() {
    return "hubspot";
  }

  @Override
  public String description() {
    return "HubSpot's contacts, companies, deals, tickets, activities and custom objects";
  }

  @Override
  public List<Option<?>> connectionOptions() {
    return HttpOptions.and(
        ACCESS_TOKEN,
        REFRESH_TOKEN,
        CLIENT_ID,
        CLIENT_SECRET,
        BASE_URL,
        REQUESTS,
        SEARCHES,
        CUSTOM_OBJECTS);
  }

  @Override
  public List<TableSpec> tables() {
    var standard =
        ObjectType.STANDARD.stream().map(type -> TableSpec.of(type.name(), ObjectType.METADATA));
    var custom = TableSpec.others("objectTypeId", ObjectType.CUSTOM, ObjectType.METADATA);
    return Stream.concat(standard, Stream.of(custom))
        .map(
            spec ->
                spec.takes(
                    ASSOCIATIONS,
                    PROPERTY_VALUES,
                    DELETES,
                    LOOKBACK_SECONDS,
                    PAGE_SIZE,
                    Incremental.SETTLE_SECONDS))
        .toList();
  }

  @Override
  public SourceConnector create(ConnectorContext context) {
    return new HubSpotConnector(context);
  }
}
