package dev.sluice.compat;

import dev.sluice.pipeline.Connectors;
import dev.sluice.pipeline.Pipeline;
import dev.sluice.spi.Option;
import dev.sluice.spi.Options;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;

/**
 * What a pipeline file means, as text: its keys, the options that it gives its tables, and, behind
 * a {@code #}, those that have their defaults.
 *
 * <p>Only this class knows how a pipeline file is read.
 */
final class PipelineMeaning {
  private final Pipeline pipeline;

  private PipelineMeaning(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  static String of(Path file) {
    return new PipelineMeaning(Pipeline.read(file, Connectors.installed(), Map.of())).text();
  }

  private String text() {
    var text = new StringBuilder();
    text.append("name: ").append(pipeline.name());
    text.append("\nconnector: ").append(pipeline.connector().name());
    text.append("\ndestination: ").append(pipeline.destination());
    text.append("\ncompression: ").append(pipeline.destination().compression());
    text.append("\ntime_budget: ").append(pipeline.timeBudget()).append('\n');
    for (var table : pipeline.tables()) {
      text.append("table: ").append(table.table().name());
      text.append("\n  as: ").append(table.as());
      table.primaryKey().ifPresent(key -> text.append("\n  primary_keys: ").append(key.fields()));
      table.sequenceBy().ifPresent(field -> text.append("\n  sequence_by: ").append(field));
      pipeline.options(table.table()).stream()
          .sorted(Comparator.comparing(option -> option.name()))
          .forEach(option -> append(option, table.table().options(), text));
      text.append('\n');
    }
    return text.toString().replace(Path.of("").toAbsolutePath().toString(), ".");
  }

  private static <T> void append(Option<T> option, Options given, StringBuilder text) {
    var value = given.find(option);
    String mark = value.equals(option.defaultValue()) ? "\n  # " : "\n  ";
    value.ifPresent(one -> text.append(mark).append(option.name()).append(": ").append(one));
  }
}
