package dev.sluice.bench;

import dev.sluice.bench.BareProgram.Work;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
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
  private List<Work> compressions = List.of();

  @Option(
      names = "--runs",
      defaultValue = "3",
      description = "Of each; the median is shown; default: ${DEFAULT-VALUE}")
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
    if (runs < 1 || compressions.contains(Work.DOWNLOAD)) {
      throw new ParameterException(
          spec.commandLine(), "--runs is 1 at least, and --compression is zstd, gzip or none");
    }
    Path folder = Files.createTempDirectory("sluice-bench-");
    try (var feed = new IssueFeed()) {
      var programs = new Programs(feed.url(), folder);
      feed.holds(1);
      Measured.run(programs.sync(Work.ZSTD, 100), folder); // builds what is not built
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
    var table = new Figures(feed);
    feed.holds(count);
    table.row("download only", measure(programs, programs.bare(Work.DOWNLOAD, size)), () -> 0);
    for (Work compression : compressions) {
      Measured bare = measure(programs, programs.bare(compression, size));
      table.row("bare program, " + compression.label(), bare, programs::bytesOfBare);
      feed.holds(count);
      Measured sync =
          measure(
              programs,
              () -> {
                programs.removeLake();
                return programs.sync(compression, size);
              });
      table.row("sluice, " + compression.label(), sync, programs::bytesInLake);
      table.ratio(sync, bare);
      table.row(
          "  nothing new",
          measure(programs, programs.sync(compression, size)),
          programs::bytesInLake);
      List<Measured> updates = new ArrayList<>();
      for (int i = 1; i <= runs; i++) {
        feed.holds(count + (long) i * NEW);
        updates.add(Measured.run(programs.sync(compression, size), programs.folder()));
      }
      table.row("  1,000 new", Measured.median(updates), programs::bytesInLake);
      feed.holds(count);
    }
  }

  private void latency(IssueFeed feed, Programs programs) {
    Duration latency = Duration.ofMillis(50);
    System.out.printf(
        Locale.ROOT, "%n100 pages of 100 records, each %d ms late%n", latency.toMillis());
    var table = new Figures(feed);
    feed.holds(9_901);
    feed.answersAfter(latency);
    table.row(
        "bare program, zstd",
        measure(programs, programs.bare(Work.ZSTD, 100)),
        programs::bytesOfBare);
    long before = feed.requests();
    Measured sync =
        measure(
            programs,
            () -> {
              programs.removeLake();
              return programs.sync(Work.ZSTD, 100);
            });
    long requests = (feed.requests() - before) / runs;
    table.row("sluice, zstd", sync, programs::bytesInLake);
    System.out.printf(
        Locale.ROOT,
        "%d requests; %.2f times their latency%n",
        requests,
        (double) sync.wall().toMillis() / latency.multipliedBy(requests).toMillis());
    feed.answersAfter(Duration.ZERO);
  }

  private Measured measure(Programs programs, List<String> command) {
    return measure(programs, () -> command);
  }

  private Measured measure(Programs programs, Supplier<List<String>> command) {
    List<Measured> measured = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      measured.add(Measured.run(command.get(), programs.folder()));
    }
    return Measured.median(measured);
  }

  /** Lines of figures; requests and bytes are what the source has seen since the line before. */
  private final class Figures {
    private final IssueFeed feed;
    private long requests;
    private long received;

    Figures(IssueFeed feed) {
      this.feed = feed;
      this.requests = feed.requests();
      this.received = feed.bytes();
      System.out.printf(
          "%-22s %8s %8s %8s %10s %9s %9s%n",
          "", "CPU s", "wall s", "peak MB", "received", "written", "requests");
    }

    void row(String name, Measured measured, LongSupplier written) {
      System.out.printf(
          Locale.ROOT,
          "%-22s %8.2f %8.2f %8.0f %7.1f MB %6.1f MB %9d%n",
          name,
          measured.cpu().toMillis() / 1e3,
          measured.wall().toMillis() / 1e3,
          measured.peak() / 1e6,
          (feed.bytes() - received) / 1e6 / runs,
          written.getAsLong() / 1e6,
          (feed.requests() - requests) / runs);
      requests = feed.requests();
      received = feed.bytes();
    }

    void ratio(Measured sync, Measured bare) {
      System.out.printf(
          Locale.ROOT,
          "  of the bare program's  %7.2f  %7.2f%n",
          (double) sync.cpu().toMillis() / bare.cpu().toMillis(),
          (double) sync.wall().toMillis() / bare.wall().toMillis());
    }
  }
}
