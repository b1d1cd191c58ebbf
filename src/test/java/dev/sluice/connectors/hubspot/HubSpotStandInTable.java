package dev.sluice.connectors.hubspot;

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

/** A type of objects, filled with rendered rows. */
final class HubSpotStandInTable implements StandInTable {
  private final CrmTable table;

  HubSpotStandInTable(CrmTable table) {
    this.table = table;
  }

  @Override
  public String name() {
    return table.name();
  }

  /** A custom object has no associations unless they are asked for. */
  @Override
  public Options options() {
    return table.name().equals(CrmApi.CUSTOM)
        ? Options.NONE.with("associations", "contacts, deals")
        : Options.NONE;
  }

  @Override
  public List<String> identity() {
    return List.of("id");
  }

  @Override
  public Duration resolution() {
    return Duration.ofMillis(1);
  }

  @Override
  public Ability farFuture() {
    return Ability.no("a search ends at the present");
  }

  @Override
  public QuietRun quietRun() {
    return table.name().equals(CrmApi.CUSTOM)
        ? QuietRun.advancing(3, "the schemas, the properties, and a search whose window moves on")
        : QuietRun.advancing(2, "the properties, and a search whose window moves on");
  }

  @Override
  public void pageSize(int most) {
    table.mostPerPage(most);
  }

  @Override
  public void replaceAll(List<RowSpec> rows) {
    table.clear();
    rows.forEach(this::put);
  }

  @Override
  public void put(RowSpec row) {
    table.put(CrmFixture.object(table, row));
  }

  @Override
  public void delete(int key, Instant at) {
    table.archive(CrmFixture.id(key), at);
  }

  @Override
  public Map<Integer, SourceRecord> truth() {
    Map<Integer, SourceRecord> truth = new TreeMap<>();
    for (CrmObject object : table.live()) {
      truth.put(
          CrmFixture.key(object), SourceRecord.of(object.json(CrmSearch.all(table)).toString()));
    }
    return truth;
  }
}
