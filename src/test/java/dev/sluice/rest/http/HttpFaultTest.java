package dev.sluice.rest.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rest.http.HttpFault.Ending;
import dev.sluice.rest.strategy.FaultyLake;
import dev.sluice.rest.strategy.FaultySource;
import dev.sluice.runtime.FastFolder;
import dev.sluice.runtime.report.Outcome;
import dev.sluice.runtime.report.TableReport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each fault through the whole runtime into a lake: at the first request and later, for good and
 * once. Nothing of it is in the lake, and when it is over everything is, once.
 */
class HttpFaultTest {
  private static final Map<HttpFault, Integer> LASTING = new ConcurrentHashMap<>();
  private static final Map<HttpFault, Integer> PASSED = new ConcurrentHashMap<>();
  private static final Map<HttpFault, Integer> ON_PAGES = new ConcurrentHashMap<>();

  private static final Map<HttpFault, Future<?>> UNDER_WAY = new EnumMap<>(HttpFault.class);

  @TempDir(factory = FastFolder.class)
  static Path folder;

  /** What takes its time does so beside the others. */
  @BeforeAll
  static void beginWithTheSlowOnes() {
    for (HttpFault fault : HttpFault.values()) {
      if (fault.isSlow()) {
        var task = new FutureTask<>(() -> lasts(fault));
        UNDER_WAY.put(fault, task);
        Thread.ofPlatform().daemon().start(task);
      }
    }
  }

  /** A suite whose faults do not happen proves nothing. */
  @AfterAll
  static void everyFaultHappened() {
    assertThat(LASTING).containsOnlyKeys(HttpFault.values());
    assertThat(PASSED).containsOnlyKeys(HttpFault.values());
    assertThat(ON_PAGES).containsOnlyKeys(HttpFault.values());
  }

  @ParameterizedTest
  @EnumSource
  void faultThatLastsEndsTheRunSoonAndLosesNothing(HttpFault fault) throws Exception {
    if (fault.isSlow()) {
      Objects.requireNonNull(UNDER_WAY.get(fault)).get();
    } else {
      lasts(fault);
    }
    assertThat(LASTING).containsKey(fault);
  }

  private static boolean lasts(HttpFault fault) throws IOException {
    for (String table : FaultySource.TABLES) {
      for (int after = 0; after <= 2; after++) {
        try (var source = new FaultySource()) {
          var place = "%s of %s after %d requests".formatted(fault, table, after);
          var lake = new FaultyLake(folder.resolve(place), source.provider());
          source.fail(fault, after, Integer.MAX_VALUE);

          TableReport broken = lake.sync(table);
          int faults = source.faults();
          List<String> meanwhile = lake.lines(table);
          boolean onAPage = source.endedOnAPage();
          source.recover();
          TableReport later = lake.sync(table);

          Ending ending = onAPage ? fault.onAPage() : fault.onTheList();
          assertThat(broken.error()).as(place).isPresent();
          assertThat(broken.error().orElseThrow().kind().label())
              .as(place + ": " + broken.error())
              .isEqualTo(ending.kind());
          assertThat(broken.outcome())
              .as(place)
              .isEqualTo(ending.isLimit() ? Outcome.RATE_LIMITED : Outcome.FAILED);
          assertResumption(broken, ending);
          // once fetched ahead, once behind records that are committed, once for what follows them
          assertThat(faults)
              .as(place)
              .isBetween(1, after == 0 ? ending.requests() : 3 * ending.requests());
          assertThat(meanwhile)
              .as(place)
              .isEqualTo(FaultySource.records().subList(0, meanwhile.size()));
          assertThat(later.outcome()).as(place + ": " + later.error()).isEqualTo(Outcome.CAUGHT_UP);
          assertThat(lake.lines(table)).as(place).isEqualTo(FaultySource.records());
          LASTING.merge(fault, faults, Integer::sum);
          if (source.faultsOnPages() > 0) {
            ON_PAGES.merge(fault, source.faultsOnPages(), Integer::sum);
          }
        }
      }
    }
    return true;
  }

  private static void assertResumption(TableReport broken, Ending ending) {
    if (ending == Ending.LIMITED) {
      assertThat(broken.resumeAt().orElseThrow())
          .isBetween(
              FaultySource.NOW.plus(Duration.ofHours(1)),
              FaultySource.NOW.plus(Duration.ofDays(1)));
    } else if (ending == Ending.LIMITED_FOR_A_WHILE) {
      assertThat(broken.resumeAt()).contains(FaultySource.NOW.plus(Duration.ofMinutes(1)));
    } else {
      assertThat(broken.resumeAt()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void faultThatHappensOnceIsSurvivedOrMadeGoodByTheNextRun(HttpFault fault) throws IOException {
    for (String table : FaultySource.TABLES) {
      for (int after = 0; after <= 3; after++) {
        try (var source = new FaultySource()) {
          var place = "%s of %s after %d requests".formatted(fault, table, after);
          var lake = new FaultyLake(folder.resolve("once " + place), source.provider());
          source.fail(fault, after, 1);

          TableReport first = lake.sync(table);
          boolean survived = first.outcome() == Outcome.CAUGHT_UP;
          TableReport second = lake.sync(table);

          assertThat(source.faults()).as(place).isEqualTo(1);
          if (after == 0 || fault.onTheList().survivesOne()) {
            // a page that was fetched ahead and is not needed may fail unheard
            assertThat(survived)
                .as(place + ": " + first.error())
                .isEqualTo(fault.onTheList().survivesOne());
          }
          assertThat(second.outcome())
              .as(place + ": " + second.error())
              .isEqualTo(Outcome.CAUGHT_UP);
          assertThat(lake.lines(table)).as(place).isEqualTo(FaultySource.records());
          PASSED.merge(fault, 1, Integer::sum);
        }
      }
    }
  }
}
