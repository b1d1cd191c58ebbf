package dev.sluice.bench;

import dev.sluice.bench.BareProgram.Work;
import dev.sluice.lake.Compression;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures the packaged program and, in the same run, programs that do less. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = "Measures syncs from a fast server on this machine, beside programs that do less")
final class Benchmark implements Callable<Integer> {
  private static final int NEW = 1_000;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--records",
      split = ",",
      defaultValue = "100000,500000",
      description = "How many the source has; default: ${DEFAULT-VALUE}")
  private List<Long> records = List.of();

  @Option(
      names = "--per-page",
      split = ",",
      defaultValue = "100,1000",
      description = "How many on a page; default: ${DEFAULT-VALUE}")
  private List<Integer> perPage = List.of();

  @Option(
      names = "--compression",
      split = ",",
      defaultValue = "zstd,gzip",
      description = "zstd, gzip or none; default: ${DEFAULT-VALUE}")
  private List<Compression> compressions = List.of();

  @Option(
      names = "--runs",
      defaultValue = "3",
      description = "Of each, in turn; the median is shown; default: ${DEFAULT-VALUE}")
  private int runs;

  @Option(
      names = "--only",
      split = ",",
      description = "Some of ${COMPLETION-CANDIDATES}; default: all")
  private List<Part> only = List.of(Part.values());

  /** What is measured. */
  private enum Part {
    /** A first load, nothing new, and a thousand new. */
    LOAD,
    /** A source that takes its time. */
    LATENCY,
    /** From the start of a process to its end, or to its first answer. */
    START
  }

  private Benchmark() {}

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Benchmark())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    if (runs < 1) {
      throw new ParameterException(spec.commandLine(), "--runs is 1 at least");
    }
    Path folder = Files.createTempDirectory("sluice-bench-");
    try (var feed = new IssueFeed()) {
      var programs = new Programs(feed.url(), folder);
      feed.holds(1);
      Measured.run(programs.sync(Compression.ZSTD, 100), folder); // builds what is not built
      if (only.contains(Part.LOAD)) {
        for (long count : records) {
          for (int size : perPage) {
            load(feed, programs, count, size);
          }
        }
      }
      if (only.contains(Part.LATENCY)) {
        latency(feed, programs);
      }
      programs.removeAll(); // but not after a failure: it names files there
    }
    if (only.contains(Part.START)) {
      System.out.printf("%nStarts%n");
      StartUp.measure().forEach(System.out::println);
    }
    return 0;
  }

  private void load(IssueFeed feed, Programs programs, long count, int size) {
    System.out.printf(Locale.ROOT, "%n%,d records, %,d a page%n", count, size);
    var figures = new Figures(feed, programs);
    for (int i = 0; i < runs; i++) {
      feed.holds(count);
      figures.measure("download only", programs.bare(Work.DOWNLOAD, size), () -> 0);
      for (Compression compression : compressions) {
        String label = Programs.label(compression);
        beside(figures, programs, compression, size);
        var command = programs.sync(compression, size);
        figures.measure("nothing new, " + label, command, programs::bytesInLake);
        feed.holds(count + NEW);
        figures.measure("1,000 new, " + label, command, programs::bytesInLake);
        feed.holds(count);
      }
    }
    figures.print();
  }

  private static void beside(
      Figures figures, Programs programs, Compression compression, int size) {
    String sync = "sluice, " + Programs.label(compression);
    for (Work work : bare(compression)) {
      String bare = "bare, " + work.label();
      figures.measure(bare, programs.bare(work, size), programs::bytesOfBare);
      figures.compare(sync, bare);
    }
    programs.removeLake();
    figures.measure(sync, programs.sync(compression, size), programs::bytesInLake);
  }

  private static List<Work> bare(Compression compression) {
    return switch (compression) {
      case ZSTD -> List.of(Work.ZSTD);
      case GZIP -> List.of(Work.GZIP, Work.GZIP_6);
      case NONE -> List.of(Work.NONE);
    };
  }

  private void latency(IssueFeed feed, Programs programs) {
    Duration latency = Duration.ofMillis(50);
    System.out.printf(
        Locale.ROOT, "%n100 pages of 100 records, each %d ms late%n", latency.toMillis());
    feed.holds(9_901);
    feed.answersAfter(latency);
    var figures = new Figures(feed, programs);
    for (int i = 0; i < runs; i++) {
      beside(figures, programs, Compression.ZSTD, 100);
    }
    feed.answersAfter(Duration.ZERO);
    figures.print();
    for (String name : List.of("bare, zstd", "sluice, zstd")) {
      System.out.printf(
          Locale.ROOT,
          "%s: %.2f times the latency of its requests%n",
          name,
          figures.median(name, run -> run.wall() / run.requests() / latency.toMillis() * 1e3));
    }
  }
}
