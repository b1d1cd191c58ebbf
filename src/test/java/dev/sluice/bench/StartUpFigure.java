package dev.sluice.bench;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * One measured number.
 *
 * @param most what it should be at most
 */
public record StartUpFigure(String name, double value, String unit, Optional<Double> most) {

  static <T> StartUpFigure median(
      String name, List<T> measured, ToDoubleFunction<T> figure, String unit) {
    double median =
        measured.stream()
            .mapToDouble(figure)
            .sorted()
            .skip(measured.size() / 2)
            .findFirst()
            .orElseThrow();
    return new StartUpFigure(name, median, unit, Optional.empty());
  }

  StartUpFigure most(double target) {
    return new StartUpFigure(name, value, unit, Optional.of(target));
  }

  /** A line of a table. */
  @Override
  public String toString() {
    String target =
        most.map(limit -> "  at most %,.0f%s".formatted(limit, value <= limit ? "" : ": missed"))
            .orElse("");
    return String.format(Locale.ROOT, "%-52s %,8.0f %s%s", name, value, unit, target);
  }
}
