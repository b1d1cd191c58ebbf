package dev.sluice.cli.terminal;

import java.time.Duration;
import java.util.Locale;

/** Formats numbers for people. */
public final class HumanFormat {
  private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

  private HumanFormat() {}

  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  public static String counted(long value, String singular, String plural) {
    return count(value) + " " + (value == 1 ? singular : plural);
  }

  static String bytes(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 999.5 && unit < UNITS.length - 1) {
      value /= 1000;
      unit++;
    }
    return unit == 0
        ? bytes + " B"
        : String.format(Locale.ROOT, value < 10 ? "%.1f %s" : "%.0f %s", value, UNITS[unit]);
  }

  /**
   * Formats a time in its two largest units: {@code 0.4s}, {@code 12s}, {@code 9m58s}, {@code
   * 3d4h}.
   */
  static String time(Duration time) {
    long seconds = time.toSeconds();
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.1fs", time.toMillis() / 1000.0);
    }
    if (seconds < 60) {
      return seconds + "s";
    }
    if (seconds < 3600) {
      return seconds / 60 + "m" + seconds % 60 + "s";
    }
    return seconds < 86_400
        ? seconds / 3600 + "h" + seconds % 3600 / 60 + "m"
        : seconds / 86_400 + "d" + seconds % 86_400 / 3600 + "h";
  }
}
