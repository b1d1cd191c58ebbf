package dev.sluice.bench;

import java.util.Locale;
import java.util.Optional;

/**
 * One measured number.
 *
 * @param most what it should be at most
 */
public record StartUpFigure(String name, double value, String unit, Optional<Double> most) {

  static StartUpFigure of(String name, double value, String unit) {
    return new StartUpFigure(name, value, unit, Optional.empty());
  }

  StartUpFigure most(double target) {
    return new StartUpFigure(name, value, unit, Optional.of(target));
  }

  @Override
  public String toString() {
    String target =
        most.map(limit -> "  at most %.1f%s".formatted(limit, value <= limit ? "" : ": MISSED"))
            .orElse("");
    return String.format(Locale.ROOT, "%-58s %8.2f %s%s", name, value, unit, target);
  }
}
