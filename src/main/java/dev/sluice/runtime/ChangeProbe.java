package dev.sluice.runtime;

import dev.sluice.runtime.text.JsonText;
import dev.sluice.runtime.text.Sha256;
import dev.sluice.spi.DetectsUnchanged;
import dev.sluice.spi.Offset;
import dev.sluice.spi.Schema;
import dev.sluice.spi.SourceConnector;
import dev.sluice.spi.Table;
import java.util.Optional;

/** Asks a connector whether a snapshot table is still what was read, as long as it is the same. */
record ChangeProbe(DetectsUnchanged connector, Table table, String asked) {

  /** Empty when the connector cannot tell. */
  static Optional<ChangeProbe> of(SourceConnector connector, Table table, Schema schema) {
    return connector instanceof DetectsUnchanged detecting
        ? Optional.of(new ChangeProbe(detecting, table, fingerprint(table, schema)))
        : Optional.empty();
  }

  /** Of what decides which records are read, and how they look. */
  private static String fingerprint(Table table, Schema schema) {
    return Sha256.of(
        JsonText.object()
            .put("namespace", table.namespace().toString())
            .put("table", table.name())
            .put("options", table.options().digest())
            .putRawValue("schema", JsonText.raw(schema.json()))
            .toString());
  }

  boolean since(Offset complete) {
    return connector.isUnchanged(table, complete);
  }
}
