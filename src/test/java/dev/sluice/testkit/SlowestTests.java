package dev.sluice.testkit;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Prints the test methods that took longest, at the end of a run of all tests. */
public final class SlowestTests implements TestExecutionListener {
  private static final int FEW = 500;
  private static final int SHOWN = 20;

  private final Map<String, Long> begun = new ConcurrentHashMap<>();
  private final Map<String, Duration> took = new ConcurrentHashMap<>();
  private final AtomicInteger tests = new AtomicInteger();

  @Override
  public void executionStarted(TestIdentifier test) {
    method(test).ifPresent(name -> begun.put(test.getUniqueId(), System.nanoTime()));
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (test.isTest()) {
      tests.incrementAndGet();
    }
    Optional.ofNullable(begun.remove(test.getUniqueId()))
        .map(from -> Duration.ofNanos(System.nanoTime() - from))
        .ifPresent(time -> method(test).ifPresent(name -> took.merge(name, time, Duration::plus)));
  }

  /** A method that makes several tests is one; what it makes is not counted again. */
  private static Optional<String> method(TestIdentifier test) {
    String id = test.getUniqueId();
    boolean isPart = id.contains("[dynamic-") || id.contains("[test-template-invocation:");
    return test.getSource()
        .filter(source -> !isPart)
        .flatMap(
            source ->
                source instanceof MethodSource method
                    ? Optional.of(owner(id, method) + "." + method.getMethodName())
                    : Optional.empty());
  }

  /** The class that was run, not the one that it inherits the method from. */
  private static String owner(String id, MethodSource method) {
    String[] parts = id.split("\\[class:", 2);
    String name = parts.length == 2 ? parts[1].split("]", 2)[0] : method.getClassName();
    return name.substring(name.lastIndexOf('.') + 1);
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    if (tests.get() > FEW) {
      System.out.printf("The slowest test methods of %,d tests:%n", tests.get());
      took.entrySet().stream()
          .sorted(Map.Entry.<String, Duration>comparingByValue().reversed())
          .limit(SHOWN)
          .forEach(
              entry ->
                  System.out.printf(
                      "%,8.1f s  %s%n", entry.getValue().toMillis() / 1e3, entry.getKey()));
    }
  }
}
