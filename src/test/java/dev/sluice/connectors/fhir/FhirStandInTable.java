package dev.sluice.connectors.fhir;

import dev.sluice.spi.Options;
import dev.sluice.spi.SourceRecord;
import dev.sluice.testkit.Ability;
import dev.sluice.testkit.QuietRun;
import dev.sluice.testkit.RowSpec;
import dev.sluice.testkit.StandInTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A resource type of a {@link FhirApi}, filled with rendered rows. */
final class FhirStandInTable implements StandInTable {
  private static final String ID = "k-";

  private final ServerStyle style;
  private final ResourceStore store;
  private final Options options;

  FhirStandInTable(ServerStyle style, ResourceStore store, Options options) {
    this.style = style;
    this.store = store;
    this.options = options;
  }

  @Override
  public String name() {
    return store.type();
  }

  @Override
  public Options options() {
    return style == ServerStyle.PLAIN ? options.with("order", "unsorted") : options;
  }

  @Override
  public List<String> identity() {
    return List.of("id");
  }

  @Override
  public Duration resolution() {
    return style == ServerStyle.PLAIN ? Duration.ofSeconds(1) : Duration.ofMillis(1);
  }

  @Override
  public Ability totals() {
    return style.isNumbered() ? Ability.YES : Ability.no("HAPI leaves totals out of long lists");
  }

  private boolean isReadInWindows() {
    return !options.equals(Options.NONE);
  }

  @Override
  public Ability farFuture() {
    return isReadInWindows()
        ? Ability.no("the last window ends at the start of the invocation")
        : Ability.YES;
  }

  @Override
  public QuietRun quietRun() {
    return isReadInWindows()
        ? QuietRun.advancing(4, "the windows of the lookback, and the search for the next resource")
        : QuietRun.STILL;
  }

  @Override
  public void pageSize(int most) {
    store.mostPerPage(most);
  }

  @Override
  public void replaceAll(List<RowSpec> rows) {
    store.clear();
    rows.forEach(this::put);
  }

  @Override
  public void put(RowSpec row) {
    store.put(ID + row.key(), row.cursor(), Resources.ofType(store.type(), row.key()));
  }

  @Override
  public void delete(int key, Instant at) {
    store.delete(ID + key, at);
  }

  @Override
  public Map<Integer, SourceRecord> truth() {
    Map<Integer, SourceRecord> truth = new TreeMap<>();
    store
        .current()
        .forEach(
            (id, version) ->
                truth.put(
                    Integer.parseInt(id.substring(ID.length())),
                    SourceRecord.of(version.content().orElseThrow().toString())));
    return truth;
  }
}
