package dev.sluice.connectors.fhir;

import dev.sluice.rest.ApiClient;
import dev.sluice.rest.OffsetProgress;
import dev.sluice.rest.http.RateBudget;
import dev.sluice.rest.json.ErrorDetector;
import dev.sluice.rest.strategy.ChangeLog;
import dev.sluice.rest.strategy.Incremental;
import dev.sluice.rest.strategy.NextRecord;
import dev.sluice.rest.strategy.Repetition;
import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.IngestionType;
import dev.sluice.spi.Offset;
import dev.sluice.spi.Options;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.Schema;
import dev.sluice.spi.SupportsDeletes;
import dev.sluice.spi.Table;
import dev.sluice.spi.TableMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reads the resources of a server, one table for each type, and their deletes. */
final class FhirConnector implements SupportsDeletes {
  static final String LAST_UPDATED = "meta.lastUpdated";

  private final ConnectorContext context;
  private final ResourceTypes types;
  private final ApiClient api;
  private final Outcomes outcomes;
  private Optional<Capabilities> capabilities = Optional.empty();

  FhirConnector(ConnectorContext context) {
    Options options = context.options();
    var client =
        ApiClient.of(context, options.get(FhirProvider.BASE_URL))
            .auth(FhirAuth.of(options))
            .header("Accept", "application/fhir+json")
            // for a minute HAPI returns the same list for the same search, whatever has changed
            .header("Cache-Control", "no-cache")
            .errorMessage("issue.code", "issue.details.text", "issue.diagnostics")
            .errorDetector(
                ErrorDetector.fieldEquals("resourceType", Outcomes.RESOURCE_TYPE)
                    .passingWhen(Outcomes::isPassing));
    options.find(FhirProvider.PRIVATE_KEY_PEM).ifPresent(client::secret);
    options
        .find(FhirProvider.REQUESTS_PER_MINUTE)
        .map(most -> RateBudget.of(1, Duration.ofMinutes(1).dividedBy(most)))
        .ifPresent(client::budget);
    this.context = context;
    this.types = ResourceTypes.of(options);
    this.api = client.build();
    this.outcomes = new Outcomes(message -> context.listener().warning(api.masked(message)));
  }

  @Override
  public List<String> listTables() {
    return types.names();
  }

  @Override
  public Schema schema(Table table) {
    return profile(table).schema(types.of(table));
  }

  @Override
  public TableMetadata metadata(Table table) {
    String type = types.of(table);
    String deletes = table.options().get(FhirProvider.DELETES);
    if (deletes.equals(Deletes.NONE)) {
      return ResourceTypes.METADATA.withoutDeletes();
    }
    if (capabilities().typesWithHistory().contains(type)) {
      return ResourceTypes.METADATA;
    }
    if (deletes.equals(Deletes.REQUIRED)) {
      throw ConnectorException.configuration(
          "Table '%s' has 'deletes: required': %s".formatted(type, withoutHistory(type)));
    }
    return ResourceTypes.METADATA.withoutDeletes().lackingDeletes(withoutHistory(type));
  }

  private static String withoutHistory(String type) {
    return "the server's CapabilityStatement lists no interaction history-type for %s. Have it offered to this client, or set 'deletes: none' to go on without deletes"
        .formatted(type);
  }

  private Capabilities capabilities() {
    if (capabilities.isEmpty()) {
      capabilities = Optional.of(Capabilities.ask(api));
    }
    return capabilities.get();
  }

  @Override
  public Offset readTable(Table table, Offset start, RecordEmitter out) {
    String type = types.of(table);
    Options options = table.options();
    Optional<Instant> from = options.find(FhirProvider.START_DATE);
    var search = new ResourceSearch(type, options, outcomes);
    Incremental resources =
        Incremental.of(
            context,
            api,
            search.matches(),
            search.cursor(),
            options.get(FhirProvider.LOOKBACK_SECONDS),
            options);
    // a search's pages show resources as they are now, in the order of when it began
    RecordEmitter complete = profile(table).adding(type, out);
    var sorted = new SortedSearch(api, search);
    if (search.isSorted() && start.isStart()) {
      sorted.requireSorted();
    }
    Optional<Duration> window = options.find(FhirProvider.WINDOW_SECONDS);
    if (window.isPresent()) {
      NextRecord next = search.isSorted() ? sorted::oldest : NextRecord.unknown();
      return resources.slidingWindow(window.get(), Repetition.ALLOWED, from, next, start, complete);
    }
    return search.isSorted()
        ? resources.limitOnTheFly(from, start, complete)
        : resources.wholeList(from, start, complete);
  }

  @Override
  public Reached reached(Table table, Offset offset) {
    return OffsetProgress.of(offset);
  }

  @Override
  public Offset readTableDeletes(Table table, Offset start, RecordEmitter out) {
    String type = types.of(table);
    Options options = table.options();
    // an offset shows that there was a history, so the server is not asked again
    if (start.isStart() && metadata(table).type() != IngestionType.CDC_WITH_DELETES) {
      throw ConnectorException.configuration(
          "Table '%s' tells of no deletes: 'deletes' is none, or the server has no interaction history-type for it"
              .formatted(type));
    }
    return ChangeLog.of(
            context,
            api,
            new ResourceSearch(type, options, outcomes).history(),
            new Deletes(type),
            "_since",
            options.get(FhirProvider.LOOKBACK_SECONDS),
            options.get(Incremental.FUTURE_TOLERANCE_SECONDS))
        .read(options.find(FhirProvider.START_DATE), start, out);
  }

  private static Profile profile(Table table) {
    return new Profile(table.options().get(FhirProvider.PROFILE));
  }

  @Override
  public void close() {
    api.close();
  }
}
