package dev.sluice.functions.config;

import dev.sluice.functions.event.UntrustedText;
import dev.sluice.pipeline.Pipeline;
import dev.sluice.pipeline.Spelling;
import dev.sluice.runtime.report.PipelineTable;
import dev.sluice.spi.ConnectorException;
import java.util.LinkedHashSet;
import java.util.List;

/** Finds the tables that an event names. */
public final class Selection {

  private Selection() {}

  /** In the order of the names, for a resumed run begins with who had no turn; all when empty. */
  public static List<PipelineTable> of(Pipeline pipeline, List<String> names) {
    if (names.isEmpty()) {
      return pipeline.tables();
    }
    var selected = new LinkedHashSet<PipelineTable>();
    names.forEach(name -> selected.addAll(named(pipeline, name)));
    return List.copyOf(selected);
  }

  /** By the name in the lake, or all of the source's name. */
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
