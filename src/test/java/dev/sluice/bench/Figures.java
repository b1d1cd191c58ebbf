package dev.sluice.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/** What several programs cost, each measured some times in turn with the others. */
final class Figures {

  /**
   * One run, with what the source has seen of it.
   *
   * @param received bytes of bodies
   * @param written bytes that lie there then
   */
  record Run(Measured measured, long received, long written, long requests) {
    double cpu() {
      return seconds(measured.cpu());
    }

    double wall() {
      return seconds(measured.wall());
    }

    private static double seconds(Duration time) {
      return time.toMillis() / 1e3;
    }
  }

  private final IssueFeed feed;
  private final Programs programs;
  private final Map<String, List<Run>> rows = new LinkedHashMap<>();
  private final Map<String, Set<String>> compared = new LinkedHashMap<>();

  Figures(IssueFeed feed, Programs programs) {
    this.feed = feed;
    this.programs = programs;
  }

  /** Runs a command once more; each name has a row of its own. */
  void measure(String name, List<String> command, LongSupplier written) {
    long received = feed.bytes();
    long requests = feed.requests();
    Measured measured = Measured.run(command, programs.folder());
    rows.computeIfAbsent(name, ignored -> new ArrayList<>())
        .add(
            new Run(
                measured,
                feed.bytes() - received,
                written.getAsLong(),
                feed.requests() - requests));
  }

  /** Shows how many times as much a program costs as a bare one: the median of each turn's. */
  void compare(String name, String bare) {
    compared.computeIfAbsent(name, ignored -> new LinkedHashSet<>()).add(bare);
  }

  void print() {
    System.out.printf(
        "%-22s %8s %8s %8s %10s %9s %9s%n",
        "", "CPU s", "wall s", "peak MB", "received", "written", "requests");
    rows.keySet().forEach(this::print);
  }

  private void print(String name) {
    System.out.printf(
        Locale.ROOT,
        "%-22s %8.2f %8.2f %8.0f %7.1f MB %6.1f MB %9.0f%n",
        name,
        median(name, Run::cpu),
        median(name, Run::wall),
        median(name, run -> run.measured().peak() / 1e6),
        median(name, run -> run.received() / 1e6),
        median(name, run -> run.written() / 1e6),
        median(name, run -> (double) run.requests()));
    for (String bare : compared.getOrDefault(name, Set.of())) {
      System.out.printf(
          Locale.ROOT,
          "%-22s %8.2f %8.2f%n",
          "  times " + bare,
          ratio(name, bare, Run::cpu),
          ratio(name, bare, Run::wall));
    }
  }

  double median(String name, Function<Run, Double> figure) {
    return middle(rows.getOrDefault(name, List.of()).stream().map(figure).toList());
  }

  private double ratio(String name, String bare, Function<Run, Double> figure) {
    List<Run> those = rows.getOrDefault(name, List.of());
    List<Run> others = rows.getOrDefault(bare, List.of());
    return middle(
        IntStream.range(0, those.size())
            .mapToObj(i -> figure.apply(those.get(i)) / figure.apply(others.get(i)))
            .toList());
  }

  private static double middle(List<Double> figures) {
    return figures.stream().sorted(Comparator.naturalOrder()).toList().get(figures.size() / 2);
  }
}
