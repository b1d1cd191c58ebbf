package dev.sluice.connectors.hubspot;

import dev.sluice.rest.ApiClient;
import dev.sluice.rest.OffsetProgress;
import dev.sluice.rest.strategy.WindowScan;
import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Offset;
import dev.sluice.spi.Options;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.Schema;
import dev.sluice.spi.SupportsDeletes;
import dev.sluice.spi.Table;
import dev.sluice.spi.TableMetadata;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads the objects of one account: one table for each type, all in the same way. */
final class HubSpotConnector implements SupportsDeletes {
  private static final String NO_ASSOCIATIONS = "none";

  private final ConnectorContext context;
  private final ApiClient api;
  private final ObjectTypes types;

  HubSpotConnector(ConnectorContext context) {
    Options options = context.options();
    this.context = context;
    this.api =
        ApiClient.of(context, options.get(HubSpotProvider.BASE_URL))
            .auth(HubSpotAuth.of(options))
            .budget(HubSpotLimits.all(options))
            .budget(HubSpotLimits.searches(options))
            .pauseAdvice(new HubSpotLimits())
            .errorMessage("message", "category", "errors.message")
            .errorDetector(HubSpotResponses.errors())
            .build();
    this.types = new ObjectTypes(api, options.get(HubSpotProvider.CUSTOM_OBJECTS));
  }

  @Override
  public List<String> listTables() {
    return types.all().stream().map(ObjectType::name).toList();
  }

  @Override
  public Schema schema(Table table) {
    ObjectType type = types.named(table.name());
    return new TableColumns(associated(type, table), types.properties(type), values(table))
        .schema();
  }

  @Override
  public TableMetadata metadata(Table table) {
    types.named(table.name());
    return hasDeletes(table) ? ObjectType.METADATA : ObjectType.METADATA.withoutDeletes();
  }

  @Override
  public Offset readTable(Table table, Offset start, RecordEmitter out) {
    ObjectType type = types.named(table.name());
    return sweeps(table, live(type, table)).read(start, out);
  }

  private LiveObjects live(ObjectType type, Table table) {
    return new LiveObjects(
        api,
        context.clock(),
        type,
        () -> types.properties(type),
        new Associations(api, type, associated(type, table)),
        values(table),
        table.options().get(HubSpotProvider.PAGE_SIZE));
  }

  @Override
  public Reached reached(Table table, Offset offset) {
    return OffsetProgress.of(offset);
  }

  @Override
  public Offset readTableDeletes(Table table, Offset start, RecordEmitter out) {
    ObjectType type = types.named(table.name());
    if (!hasDeletes(table)) {
      throw ConnectorException.configuration(
          "Table '%s' has no deletes, as its option 'deletes' says".formatted(table.name()));
    }
    return sweeps(
            table, new ArchivedObjects(api, type, table.options().get(HubSpotProvider.PAGE_SIZE)))
        .read(start, out);
  }

  private WindowScan sweeps(Table table, WindowScan.Source source) {
    return WindowScan.of(
        context,
        api,
        source,
        ObjectType.METADATA.primaryKeys(),
        table.options().get(HubSpotProvider.LOOKBACK_SECONDS),
        table.options());
  }

  private static List<String> associated(ObjectType type, Table table) {
    Optional<String> option = table.options().find(HubSpotProvider.ASSOCIATIONS);
    if (option.isEmpty()) {
      return type.associations();
    }
    return option.get().strip().equals(NO_ASSOCIATIONS)
        ? List.of()
        : Arrays.stream(option.get().split(","))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .distinct()
            .toList();
  }

  private static PropertyValues values(Table table) {
    return switch (table.options().get(HubSpotProvider.PROPERTY_VALUES)) {
      case "typed" -> PropertyValues.TYPED;
      default -> PropertyValues.AS_SENT;
    };
  }

  private static boolean hasDeletes(Table table) {
    return table.options().get(HubSpotProvider.DELETES).equals("archived");
  }

  @Override
  public void close() {
    api.close();
  }
}
