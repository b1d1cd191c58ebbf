package dev.sluice.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runtime.report.Outcome;
import dev.sluice.runtime.report.PipelineTable;
import dev.sluice.runtime.report.TableReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written about a table whose offset has a place for each of many parents. */
class ManyParentsTest {
  private static final PipelineTable TABLE = Site.table("append", "max_records_per_batch", "1");
  private static final int PARENTS = 20_000;

  @TempDir(factory = FastFolder.class)
  Path root;

  private final Map<String, Integer> cursors = new TreeMap<>();
  private final Ledger ledger = Ledger.of(10);

  private void move(int parents, int to) {
    for (int i = 0; i < parents; i++) {
      cursors.put("acme/repository-%05d".formatted(i * (PARENTS / parents)), to);
    }
    ledger.parents = Map.copyOf(cursors);
  }

  private TableReport run() {
    TableReport report = new Site(root).run(ledger, TABLE);
    assertThat(report.outcome()).as("%s", report.error()).isEqualTo(Outcome.CAUGHT_UP);
    return report;
  }

  @Test
  void runInWhichFewParentsMovedWritesKilobytes() {
    move(PARENTS, 1);
    run();
    long whole = bytes(files());
    ledger.put(11, "new");
    ledger.put(21, "newer");
    ledger.window = 10;
    move(10, 2);
    Map<Path, Long> before = files();

    TableReport report = run();

    Map<Path, Long> written = files();
    before.forEach(written::remove);
    assertThat(report.batches()).isEqualTo(2);
    assertThat(whole).isGreaterThan(500_000);
    assertThat(bytes(written) + size(checkpoint())).isLessThan(10_000);
    assertThat(new Site(root).checkpoint("append").offset().as(Ledger.Position.class))
        .contains(new Ledger.Position(21, null, ledger.parents));
    assertThat(run().records()).isZero();
  }

  private Path checkpoint() {
    return root.resolve(".sluice/tables/books/append/data.json");
  }

  private Map<Path, Long> files() {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .collect(Collectors.toMap(file -> file, ManyParentsTest::size));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long bytes(Map<Path, Long> files) {
    return files.values().stream().mapToLong(size -> size).sum();
  }
}
