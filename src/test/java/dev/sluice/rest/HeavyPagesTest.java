package dev.sluice.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.rest.http.RetryPolicy;
import dev.sluice.rest.page.Page;
import dev.sluice.rest.strategy.Snapshot;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorException.Kind;
import dev.sluice.spi.PrimaryKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages that a source fails to give, although it gives smaller ones. */
@Execution(ExecutionMode.CONCURRENT)
class HeavyPagesTest {
  private final ClientInvocation invocation = new ClientInvocation();

  private static List<String> read(ApiClient client, HeavyList list) {
    return Snapshot.of(client, list.listing(), PrimaryKey.of("id")).records().stream()
        .map(row -> row.text("id").orElseThrow())
        .toList();
  }

  private static List<String> all() {
    return IntStream.range(0, HeavyList.ROWS).mapToObj(Integer::toString).toList();
  }

  /** A server that fails pages of more than so many rows where they hold one of 200 to 299. */
  private static int heavyInTheMiddle(int from, int size) {
    return size > 30 && from < 300 && from + size > 200 ? 502 : 200;
  }

  @ParameterizedTest
  @EnumSource(HeavyList.Kind.class)
  void pageThatFailsForGoodIsReadInSmallerOnes(HeavyList.Kind kind) {
    try (var list = new HeavyList(kind, HeavyPagesTest::heavyInTheMiddle);
        var client = invocation.client(list.url()).build()) {
      assertThat(read(client, list)).containsExactlyInAnyOrderElementsOf(all());

      assertThat(list.sizes()).startsWith(100, 100, 100, 100, 1, 50, 50, 1, 25, 25);
      assertThat(invocation.warnings())
          .singleElement(InstanceOfAssertFactories.STRING)
          .startsWith("rows is asked for in smaller pages, now of 25")
          .contains("limit=100")
          .contains("status 502: this page is too much");
    }
  }

  @ParameterizedTest
  @EnumSource(HeavyList.Kind.class)
  void nothingIsSkippedWhereTheSourceGivesLessThanItIsAskedFor(HeavyList.Kind kind) {
    try (var list = new HeavyList(kind, HeavyPagesTest::heavyInTheMiddle);
        var client = invocation.client(list.url()).build()) {
      list.most(
          kind == HeavyList.Kind.OFFSET_AND_LIMIT ? 100 : 60); // else it ends with a short page

      assertThat(read(client, list)).containsExactlyInAnyOrderElementsOf(all());
    }
  }

  @ParameterizedTest
  @CsvSource({"3,3", "2,2", "1,1", "5,5"})
  void sourceThatIsDownIsAskedNoMoreThanBefore(int attempts, int requests) {
    try (var list = new HeavyList(HeavyList.Kind.TOKEN, (from, size) -> 503);
        var client =
            invocation
                .client(list.url())
                .retry(new RetryPolicy(attempts, Duration.ofMillis(1)))
                .build()) {
      var failure = catchThrowableOfType(ConnectorException.class, () -> read(client, list));

      assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
      assertThat(failure).hasMessageContaining("limit=100").hasMessageContaining("status 503");
      assertThat(list.sizes()).hasSize(requests);
      assertThat(invocation.warnings()).isEmpty();
    }
  }

  @Test
  void rowThatFailsAloneFailsTheReadAfterABoundedNumberOfRequests() {
    try (var list =
            new HeavyList(
                HeavyList.Kind.TOKEN,
                (from, size) -> from <= 210 && from + size > 210 ? 500 : 200);
        var client = invocation.client(list.url()).build()) {
      var failure = catchThrowableOfType(ConnectorException.class, () -> read(client, list));

      assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
      assertThat(failure).hasMessageContaining("after=210").hasMessageContaining("limit=1");
      assertThat(list.sizes()).hasSizeLessThan(40);
      assertThat(invocation.warnings()).hasSize(1);
    }
  }

  @Test
  void pageThatTakesTooLongIsHalved() {
    var closed = new CountDownLatch(1);
    try (var list =
            new HeavyList(
                HeavyList.Kind.LINK,
                (from, size) -> {
                  if (size > 50) {
                    await(closed);
                  }
                  return 200;
                });
        var client = invocation.client(list.url()).timeout(Duration.ofMillis(400)).build()) {
      assertThat(read(client, list)).containsExactlyInAnyOrderElementsOf(all());

      assertThat(list.sizes()).startsWith(100, 100, 1, 50, 50).filteredOn(n -> n > 50).hasSize(2);
      assertThat(invocation.warnings()).singleElement().asString().contains("no complete answer");
      closed.countDown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void listStaysSmallToTheEndOfTheRun() {
    try (var list = new HeavyList(HeavyList.Kind.HEADER, (from, size) -> size > 60 ? 500 : 200);
        var client = invocation.client(list.url()).build()) {
      client.page(list.listing(), list.listing().request());
      int before = list.sizes().size();

      Page page = client.page(list.listing(), list.listing().request());

      assertThat(list.sizes().subList(before, list.sizes().size())).containsExactly(50);
      assertThat(page.records()).hasSize(50);
      assertThat(page.smaller()).contains(list.listing().request().with("limit", "50"));
      assertThat(page.tag()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void failureThatPassesCostsNoMoreThanAnAttempt(int failures) {
    var left = new AtomicInteger(failures);
    try (var list =
            new HeavyList(
                HeavyList.Kind.TOKEN, (from, size) -> left.getAndDecrement() > 0 ? 502 : 200);
        var client = invocation.client(list.url()).build()) {
      assertThat(read(client, list)).containsExactlyInAnyOrderElementsOf(all());

      assertThat(list.sizes()).hasSizeLessThanOrEqualTo(failures == 1 ? 7 : 14);
    }
  }

  @Test
  void sourceThatLimitsRequestsIsNotAskedForLess() {
    try (var list = new HeavyList(HeavyList.Kind.TOKEN, (from, size) -> 429);
        var client = invocation.client(list.url()).build()) {
      var failure = catchThrowableOfType(ConnectorException.class, () -> read(client, list));

      assertThat(failure.resumeAt()).isPresent();
      assertThat(list.sizes()).containsExactly(100, 100, 100);
    }
  }
}
