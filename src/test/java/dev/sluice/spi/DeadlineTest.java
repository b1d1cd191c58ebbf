package dev.sluice.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DeadlineTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final Deadline deadline = Deadline.after(Duration.ofMinutes(1), InstantSource.fixed(NOW));

  @Test
  void pauseEndsBeforeTheDeadlineOrDoesNotBegin() {
    assertThat(deadline.allows(Duration.ofSeconds(59))).isTrue();
    assertThat(deadline.allows(Duration.ofMinutes(1))).isFalse();
    assertThat(deadline.isPast()).isFalse();
  }

  @Test
  void nothingIsLeftOfATimeThatWasEnded() {
    deadline.expire();

    assertThat(deadline.isPast()).isTrue();
    assertThat(deadline.remaining()).isZero();
    assertThat(deadline.allows(Duration.ZERO)).isFalse();
    assertThat(deadline.end()).isEqualTo(NOW.plusSeconds(60));
  }

  @Test
  void whoeverWaitsIsInterruptedWhenTheTimeIsEnded() {
    var waiting = new CountDownLatch(1);
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                waiting.await();
                deadline.expire();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });

    assertThatThrownBy(
            () ->
                deadline.await(
                    () -> {
                      waiting.countDown();
                      new CountDownLatch(1).await();
                      return "never";
                    }))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void threadThatDoesNotWaitIsLeftAlone() throws Exception {
    assertThat(deadline.await(() -> "an answer")).isEqualTo("an answer");

    deadline.expire();

    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void threadThatIsInterruptedByOthersStaysSo() throws Exception {
    deadline.await(
        () -> {
          Thread.currentThread().interrupt();
          return "an answer";
        });

    assertThat(Thread.interrupted()).isTrue();
  }
}
