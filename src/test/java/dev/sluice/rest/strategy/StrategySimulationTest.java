package dev.sluice.rest.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rest.SourceClock;
import dev.sluice.rest.page.PageFetch;
import dev.sluice.rest.walk.TimeCursor;
import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.Offset;
import dev.sluice.spi.Options;
import dev.sluice.spi.RecordEmitter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The strategies before a source that changes while it is read, by clocks that disagree: runs of
 * chance. {@code -Dstrategies.seeds=10000} runs that many of each, from {@code
 * -Dstrategies.first=1} on.
 */
class StrategySimulationTest {
  private static final int SEEDS = Integer.getInteger("strategies.seeds", 150);
  private static final long FIRST = Long.getLong("strategies.first", 1);
  private static final Duration DAY = Duration.ofDays(1);

  /** What is read, and how. */
  enum Strategy {
    LIMIT_ON_THE_FLY,
    LIMIT_BEFORE_FETCH,
    SORTED_WINDOWS,
    UNSORTED_WINDOWS,
    NEWEST_FIRST
  }

  /** Whether a run looks at the dates of the responses. */
  private enum Looks {
    AT_BOTH_CLOCKS,
    AT_OURS_ALONE
  }

  /** A source with a clock, and whoever changes and reads it. */
  private static final class World implements Reading.Read {
    private final Random random;
    private final Strategy strategy;
    private final Looks looks;
    private final ShiftingList list;
    private final Duration lookback;
    private final Duration span;
    private Instant now = ShiftingList.BASE.plus(DAY);
    private Duration ahead = Duration.ZERO;
    private int ids;

    World(long seed, Strategy strategy, Looks looks) {
      this.random = new Random(new SplittableRandom(seed).nextLong());
      this.strategy = strategy;
      this.looks = looks;
      this.list = new ShiftingList(1 + random.nextInt(4));
      this.lookback = Duration.ofSeconds(random.nextInt(2) * 120L);
      this.span = Duration.ofSeconds(1 + random.nextInt(3) * 900L);
      if (strategy == Strategy.UNSORTED_WINDOWS || strategy == Strategy.NEWEST_FIRST) {
        list.newestFirst();
      }
    }

    /** A record is written: now, a moment late, or with the date of a clock that is ahead. */
    private void write() {
      boolean isNew = ids < 6 || strategy == Strategy.LIMIT_BEFORE_FETCH || random.nextInt(3) > 0;
      int id = isNew ? ids++ : random.nextInt(ids);
      Duration late =
          switch (random.nextInt(6)) {
            case 0 -> lookback.dividedBy(4).negated();
            case 1 -> Duration.ofSeconds(random.nextInt(200));
            default -> Duration.ZERO;
          };
      list.put(id, now.plus(late).truncatedTo(ChronoUnit.MILLIS));
      now = now.plusMillis(random.nextInt(3) * 400L);
    }

    private void writeSome(int most) {
      for (int i = random.nextInt(most + 1); i > 0; i--) {
        write();
      }
    }

    List<String> play() {
      var reading = new Reading(this, 1 + random.nextInt(6));
      for (int run = 1 + random.nextInt(5); run > 0; run--) {
        writeSome(6);
        ahead = Duration.ofMillis(random.nextInt(600_001) - 300_000);
        int[] left = {random.nextInt(4)};
        list.beforePage(
            page -> {
              now = now.plusMillis(50);
              if (left[0] > 0 && random.nextInt(3) == 0) {
                left[0]--;
                write();
              }
            });
        reading.invoke(now.plus(ahead));
        list.beforePage(page -> {});
        now = now.plusSeconds(random.nextInt(200));
      }
      for (int rest = 0; rest < 2; rest++) {
        ahead = Duration.ZERO;
        now = now.plus(DAY);
        reading.invoke(now);
      }
      List<String> lost = new ArrayList<>(list.versions());
      lost.removeAll(reading.records());
      if (strategy == Strategy.LIMIT_BEFORE_FETCH) {
        assertThat(reading.records()).doesNotHaveDuplicates();
      }
      return lost;
    }

    @Override
    public Offset read(ConnectorContext context, Offset start, RecordEmitter out) {
      var clock = new SourceClock(context.clock());
      PageFetch pages =
          (listing, request) -> {
            if (looks == Looks.AT_BOTH_CLOCKS) {
              Instant ours = now.plus(ahead);
              clock.observe(ours, now.truncatedTo(ChronoUnit.SECONDS), ours);
            }
            return list.page(listing, request);
          };
      TimeCursor.Order order =
          strategy == Strategy.UNSORTED_WINDOWS
              ? TimeCursor.Order.UNSORTED
              : TimeCursor.Order.ASCENDING;
      var listing =
          new CursorListing(pages, ShiftingList.listing(), Strategies.CURSOR.sorted(order));
      var incremental = Incremental.of(context, clock, listing, lookback, Options.NONE);
      return switch (strategy) {
        case LIMIT_ON_THE_FLY -> incremental.limitOnTheFly(Optional.empty(), start, out);
        case LIMIT_BEFORE_FETCH -> incremental.limitBeforeFetch("limit", 3, start, out);
        case SORTED_WINDOWS, UNSORTED_WINDOWS ->
            incremental.slidingWindow(
                span,
                Repetition.ALLOWED,
                Optional.empty(),
                begin -> begin.or(() -> Optional.of(ShiftingList.BASE.plus(DAY).minusSeconds(60))),
                start,
                out);
        case NEWEST_FIRST ->
            NewestFirst.of(
                    context,
                    clock,
                    pages,
                    ShiftingList.listing(),
                    TimeCursor.on("at").identifiedBy(List.of("id")),
                    lookback,
                    Options.NONE)
                .read(Optional.empty(), start, out);
      };
    }
  }

  private static List<Long> seedsThatLose(Strategy strategy, Looks looks) {
    return LongStream.range(FIRST, FIRST + SEEDS)
        .filter(seed -> !new World(seed, strategy, looks).play().isEmpty())
        .boxed()
        .toList();
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsLostWhateverTheClocksShow(Strategy strategy) {
    assertThat(seedsThatLose(strategy, Looks.AT_BOTH_CLOCKS)).as("seeds that lose").isEmpty();
  }

  /** A simulation that passes everything is untested. */
  @Test
  void windowsAtOurClockAreFound() {
    assertThat(seedsThatLose(Strategy.SORTED_WINDOWS, Looks.AT_OURS_ALONE)).isNotEmpty();
  }
}
