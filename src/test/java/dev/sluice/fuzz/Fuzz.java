package dev.sluice.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Tries seed after seed, and fails with the smallest input it can make of one that fails. */
public final class Fuzz {
  private static final Duration HANGS = Duration.ofSeconds(20);
  private static final int SHRINKINGS = 3_000;
  private static final int LONGEST_SHOWN = 2_000;

  private final String subject;
  private final Function<Chance, Trial> trials;
  private final Map<String, Long> happened = new TreeMap<>();
  private volatile long seed;
  private volatile long begun;

  private Fuzz(String subject, Function<Chance, Trial> trials) {
    this.subject = subject;
    this.trials = trials;
  }

  /**
   * Tries as many seeds as are asked for.
   *
   * @param usual how many when nothing is said
   * @param expected what has to happen at least once
   */
  public static void run(
      String subject, int usual, Function<Chance, Trial> trials, String... expected)
      throws Exception {
    var fuzz = new Fuzz(subject, trials);
    Optional<Long> one = Optional.ofNullable(Long.getLong("fuzz.seed"));
    if (one.isPresent()) {
      fuzz.replay(one.get());
      return;
    }
    long from = System.nanoTime();
    long first = Long.getLong("fuzz.first", 1);
    long tried = fuzz.watched(() -> fuzz.tryAll(first, usual));
    System.out.printf(
        "%s: %,d inputs from seed %d in %.1f s%n",
        subject, tried, first, (System.nanoTime() - from) / 1e9);
    fuzz.happened.forEach((what, count) -> System.out.printf("%,12d  %s%n", count, what));
    assertThat(fuzz.happened.keySet())
        .as("what happened at least once to %s", subject)
        .contains(expected);
  }

  /** One input that takes for ever must not take the tests along. */
  private long watched(Callable<Long> work) throws Exception {
    begun = System.nanoTime();
    var task = new FutureTask<>(work);
    var thread = Thread.ofPlatform().daemon().name("fuzz").start(task);
    while (true) {
      try {
        return task.get(1, TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        if (System.nanoTime() - begun > HANGS.toNanos()) {
          return fail(
              "%s, seed %d: hangs at%n%s"
                  .formatted(subject, seed, Arrays.toString(thread.getStackTrace())));
        }
      } catch (ExecutionException e) {
        if (e.getCause() instanceof AssertionError failure) {
          throw failure;
        }
        throw e;
      }
    }
  }

  private long tryAll(long first, int usual) {
    int seconds = Integer.getInteger("fuzz.seconds", 0);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    long most = seconds > 0 ? Long.MAX_VALUE : Integer.getInteger("fuzz.iterations", usual);
    long tried = 0;
    while (tried < most && (seconds == 0 || System.nanoTime() < end)) {
      seed = first + tried;
      begun = System.nanoTime();
      tryOne(seed);
      tried++;
    }
    return tried;
  }

  private void tryOne(long seed) {
    var chance = new Chance(seed);
    Trial trial = trials.apply(chance);
    Optional<Throwable> failure = failure(trial, trial.input());
    if (failure.isPresent()) {
      throw failed(seed, trial, failure.get());
    }
    chance.happened().forEach(what -> happened.merge(what, 1L, Long::sum));
  }

  private Optional<Throwable> failure(Trial trial, String input) {
    try {
      happened.merge(trial.check().outcome(input), 1L, Long::sum);
      return Optional.empty();
    } catch (Throwable e) {
      return Optional.of(e);
    }
  }

  private AssertionError failed(long seed, Trial trial, Throwable failure) {
    String smallest = shrunk(trial, failure);
    Throwable shown = failure(trial, smallest).orElse(failure);
    return new AssertionError(
        "%s, seed %d: %s%nof%n%s%nReplay it with -Dfuzz.seed=%d"
            .formatted(subject, seed, shown, visible(smallest), seed),
        shown);
  }

  /** Leaves out parts for as long as the input fails in the same way. */
  private String shrunk(Trial trial, Throwable failure) {
    String smallest = trial.input();
    int tries = 0;
    for (int size = smallest.length() / 2; size > 0; size = size / 2) {
      for (int at = 0; at + size <= smallest.length() && tries < SHRINKINGS; tries++) {
        begun = System.nanoTime();
        String smaller = smallest.substring(0, at) + smallest.substring(at + size);
        if (failure(trial, smaller).filter(e -> e.getClass() == failure.getClass()).isPresent()) {
          smallest = smaller;
        } else {
          at += size;
        }
      }
    }
    return smallest;
  }

  private static String visible(String input) {
    var text = new StringBuilder();
    for (char c : input.substring(0, Math.min(input.length(), LONGEST_SHOWN)).toCharArray()) {
      text.append(c >= ' ' && c < 0x7F ? Character.toString(c) : "\\u%04X".formatted((int) c));
    }
    return text + (input.length() > LONGEST_SHOWN ? "... of " + input.length() : "");
  }

  private void replay(long seed) {
    System.out.println(visible(trials.apply(new Chance(seed)).input()));
    tryOne(seed);
  }
}
