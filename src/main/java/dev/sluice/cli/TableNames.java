package dev.sluice.cli;

import dev.sluice.pipeline.Pipeline;
import dev.sluice.runtime.report.PipelineTable;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The option {@code --table T}, any number of times. */
final class TableNames {

  @Option(
      names = {"-t", "--table"},
      paramLabel = "T",
      description = "Only this table; repeat for more. All tables by default.")
  private List<String> names = new ArrayList<>();

  List<PipelineTable> of(Pipeline pipeline) {
    return pipeline.select(names);
  }
}
