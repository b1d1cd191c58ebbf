package dev.sluice.functions.config;

import dev.sluice.functions.event.UntrustedText;
import dev.sluice.pipeline.Pipeline;
import dev.sluice.pipeline.Spelling;
import dev.sluice.runtime.report.PipelineTable;
import dev.sluice.spi.ConnectorException;
import java.util.LinkedHashSet;
import java.util.List;

/** The tables of a pipeline that an event names. */
public final class TableSelection {

  private TableSelection() {}

  /**
   * Returns the tables in the order of the names; all of them when there are no names. A resumed
   * run depends on the order: it begins with the tables that had no turn.
   */
  public static List<PipelineTable> of(Pipeline pipeline, List<String> names) {
    if (names.isEmpty()) {
      return pipeline.tables();
    }
    var selected = new LinkedHashSet<PipelineTable>();
    names.forEach(name -> selected.addAll(named(pipeline, name)));
    return List.copyOf(selected);
  }

  /** Returns the table of this name in the lake, or all that read the table of this name. */
  public static List<PipelineTable> named(Pipeline pipeline, String name) {
    try {
      return pipeline.select(List.of(name));
    } catch (ConnectorException e) {
      var known = pipeline.tables().stream().map(PipelineTable::as).toList();
      throw ConnectorException.configuration(
          "The pipeline '%s' has no table '%s'; %s"
              .formatted(
                  pipeline.name(), UntrustedText.excerpt(name), Spelling.of(known).hint(name)),
          e);
    }
  }
}
