package dev.sluice.runtime;

import dev.sluice.runtime.checkpoint.Reading;
import dev.sluice.spi.BatchOptions;
import dev.sluice.spi.ConnectorProvider;
import dev.sluice.spi.Option;
import dev.sluice.spi.Options;
import dev.sluice.spi.Table;
import dev.sluice.spi.TableSpec;
import java.util.List;
import java.util.Optional;

/** A table with what its provider declares of its options. */
record DeclaredTable(ConnectorProvider provider, Options connection, Table table) {

  Reading reading() {
    return Reading.of(provider, connection, table);
  }

  /** Returns the options that make a read smaller or slower, which may help where one fails. */
  List<String> pacingOptions() {
    return provider.table(table.name()).map(TableSpec::options).orElse(List.of()).stream()
        .filter(option -> option.effect().equals(Optional.of(Option.Effect.PACES)))
        .map(Option::name)
        .filter(name -> !name.startsWith(BatchOptions.KEEP_GENERATIONS.name()))
        .sorted()
        .toList();
  }
}
