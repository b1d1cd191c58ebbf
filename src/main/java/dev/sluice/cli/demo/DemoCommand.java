package dev.sluice.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.cli.terminal.CliContext;
import dev.sluice.cli.terminal.ExitCode;
import dev.sluice.cli.terminal.HumanFormat;
import dev.sluice.cli.terminal.InterruptibleSync;
import dev.sluice.cli.terminal.ReportText;
import dev.sluice.cli.terminal.TextTable;
import dev.sluice.cli.terminal.TextTable.Side;
import dev.sluice.connectors.example.api.ExampleApi;
import dev.sluice.pipeline.Pipeline;
import dev.sluice.runtime.report.InvocationReport;
import dev.sluice.runtime.report.PipelineTable;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the whole way from a REST API to files, twice, and compares both ends. */
@Command(
    name = "demo",
    description = "Serve a simulated source, sync its five tables, change it, sync again, compare.")
public final class DemoCommand implements Callable<Integer> {
  private final CliContext surroundings;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      defaultValue = "sluice-demo",
      description =
          "Folder to write to; ./sluice-demo by default. Files of an earlier demo are removed.")
  private Path directory;

  public DemoCommand(CliContext surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    if (DemoFolder.isLeftByEarlierDemo(directory)) {
      print("Removing the files of an earlier demo in " + directory);
    }
    var folder = DemoFolder.fresh(directory);
    var settings = ExampleApi.Settings.standard().withClock(surroundings.clock());
    try (var api = ExampleApi.start(settings)) {
      return run(folder, new DemoSource(api));
    }
  }

  private int run(DemoFolder folder, DemoSource source) {
    Path file = folder.writePipeline(source.api().baseUri());
    Pipeline pipeline = Pipeline.read(file, surroundings.connectors(), surroundings.variables());
    print(
        "A simulated source runs at %s; 3%% of its requests fail."
            .formatted(source.api().baseUri()));
    print("The pipeline file is " + file);

    title("First sync");
    var first = sync(pipeline);
    boolean equal = compare(pipeline, folder, source, first);

    title("Meanwhile, at the source");
    print(source.change());

    title("Second sync");
    var second = sync(pipeline);
    equal &= compare(pipeline, folder, source, second);

    title("What landed");
    files(pipeline, folder);
    title("Try next");
    next(folder, file);
    var code = ExitCode.of(second);
    return equal || code != ExitCode.OK ? code.number() : ExitCode.INTERNAL.number();
  }

  private InvocationReport sync(Pipeline pipeline) {
    var report =
        InterruptibleSync.run(surroundings, pipeline, pipeline.tables(), pipeline.timeBudget());
    ReportText.lines(report, surroundings.terminal().colored()).forEach(this::print);
    return report;
  }

  /** Decides whether every table in the lake, folded by key, equals what the source held. */
  private boolean compare(
      Pipeline pipeline, DemoFolder folder, DemoSource source, InvocationReport report) {
    if (ExitCode.of(report) != ExitCode.OK) {
      return false;
    }
    var grid = TextTable.of(Side.LEFT, Side.RIGHT, Side.RIGHT, Side.LEFT);
    grid.row("TABLE", "SOURCE", "LAKE", "");
    boolean allEqual = true;
    for (PipelineTable table : pipeline.tables()) {
      var there = new HashSet<JsonNode>(source.records(table.as(), report.startedAt()));
      var here = new HashSet<JsonNode>(folder.table(table.as()).records());
      boolean equal = there.equals(here);
      allEqual &= equal;
      grid.row(
          table.as(),
          HumanFormat.count(there.size()),
          HumanFormat.count(here.size()),
          equal ? "equal, record by record" : "DIFFERENT");
    }
    print("");
    grid.lines().forEach(this::print);
    return allEqual;
  }

  private void files(Pipeline pipeline, DemoFolder folder) {
    for (PipelineTable table : pipeline.tables()) {
      for (String flow : new String[] {"data", "deletes"}) {
        folder.table(table.as()).files(flow).forEach(file -> print("  " + file));
      }
    }
  }

  private void next(DemoFolder folder, Path file) {
    String orders = folder.tables().resolve("orders").toString();
    print("  zstd -dc " + orders + "/data/g=*/*.jsonl.zst | head -n 3");
    print("  ./sluice state show -p " + file);
    print("  ./sluice connectors example");
    print("  ./sluice connectors github");
    print("  less " + file + "   # the start of a pipeline file of your own");
  }

  private void title(String text) {
    print("");
    print(surroundings.terminal().colored().paint("1", text));
  }

  private void print(String line) {
    surroundings.terminal().out().println(line);
    surroundings.terminal().out().flush();
  }
}
