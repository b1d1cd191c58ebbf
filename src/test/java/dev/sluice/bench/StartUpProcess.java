package dev.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a process took from its start to its end, with the processes that it started. Linux only:
 * read from {@code /proc}, up to a few milliseconds before the end.
 */
record StartUpProcess(Duration wall, Duration processor, long peakResidentBytes) {
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");
  private static final Duration LOOK = Duration.ofMillis(3);

  /** Of a second, as every Linux says it. */
  private static final int TICKS = 100;

  static StartUpProcess run(ProcessBuilder builder) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process = builder.start();
    Path folder = Path.of("/proc", Long.toString(process.pid()));
    Duration processor = Duration.ZERO;
    long peak = 0;
    while (!process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
      try {
        processor = processor(Files.readString(folder.resolve("stat")));
        Matcher seen = PEAK.matcher(Files.readString(folder.resolve("status")));
        peak = seen.find() ? Long.parseLong(seen.group(1)) * 1024 : peak;
      } catch (IOException e) {
        // It has just ended.
        break;
      }
    }
    int code = process.waitFor();
    Duration wall = Duration.ofNanos(System.nanoTime() - start);
    if (code != 0) {
      throw new IOException(builder.command() + " ended with " + code);
    }
    return new StartUpProcess(wall, processor, peak);
  }

  /** The name of the program is in parentheses and may contain anything. */
  private static Duration processor(String stat) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = 0;
    for (int field = 11; field < 15; field++) { // own and children's, user and system
      ticks += Long.parseLong(fields[field]);
    }
    return Duration.ofMillis(ticks * 1000 / TICKS);
  }
}
