package dev.sluice.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.runtime.lake.Payload;
import dev.sluice.runtime.lake.PendingBatch;
import dev.sluice.spi.Deadline;
import dev.sluice.spi.Offset;
import dev.sluice.spi.SourceRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class MicrobatchTest {
  private static final SourceRecord RECORD = SourceRecord.of("{\"id\": 1}");

  private Instant now = Site.NOW;
  private Optional<Long> kept = Optional.empty();
  private final Cancellation cancellation = new Cancellation();
  private final Budget budget =
      new Budget(
          Deadline.at(Site.NOW.plusSeconds(60), () -> now), Duration.ofSeconds(10), cancellation);

  private Microbatch microbatch(long records, long bytes, Consumer<SourceRecord> spool) {
    var pending =
        new PendingBatch() {
          @Override
          public void write(SourceRecord record) {
            spool.accept(record);
          }

          @Override
          public void keep(long records) {
            kept = Optional.of(records);
          }

          @Override
          public Payload complete() {
            throw new AssertionError("Nothing is to be committed here");
          }

          @Override
          public void close() {}
        };
    return new Microbatch(
        pending,
        new Microbatch.Limits(records, bytes, budget),
        Optional.empty(),
        (reported, mark) -> {});
  }

  @Test
  void wantsMoreUntilTheRecordCap() {
    Microbatch batch = microbatch(2, Long.MAX_VALUE, record -> {});

    batch.emit(RECORD);
    assertThat(batch.wantsMore()).isTrue();
    batch.emit(RECORD);
    assertThat(batch.wantsMore()).isFalse();
  }

  @Test
  void wantsMoreUntilTheByteLimit() {
    Microbatch batch = microbatch(Long.MAX_VALUE, RECORD.size() + 1, record -> {});

    batch.emit(RECORD);
    assertThat(batch.wantsMore()).isTrue();
    batch.emit(RECORD);
    assertThat(batch.wantsMore()).isFalse();
  }

  @Test
  void wantsMoreUntilTheTimeForTheLastCommitBegins() {
    Microbatch batch = microbatch(Long.MAX_VALUE, Long.MAX_VALUE, record -> {});

    now = Site.NOW.plusSeconds(49);
    assertThat(batch.wantsMore()).isTrue();
    now = Site.NOW.plusSeconds(50);
    assertThat(batch.wantsMore()).isFalse();
  }

  @Test
  void wantsNoMoreWhenCancelled() {
    Microbatch batch = microbatch(Long.MAX_VALUE, Long.MAX_VALUE, record -> {});

    cancellation.request();

    assertThat(batch.wantsMore()).isFalse();
  }

  @Test
  void recordThatWasNotSpooledIsNotLostWhenTheConnectorSwallowsTheFailure() {
    var full = new IllegalStateException("The disk is full");
    Microbatch batch =
        microbatch(
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            record -> {
              throw full;
            });

    assertThatThrownBy(() -> batch.emit(RECORD)).isSameAs(full);
    assertThatThrownBy(batch::requireWhole).isSameAs(full);
  }

  @Test
  void cutKeepsWhatWasEmittedBeforeTheLastMark() {
    Microbatch batch = microbatch(Long.MAX_VALUE, Long.MAX_VALUE, record -> {});

    batch.emit(RECORD);
    batch.mark(Offset.parse("{\"page\":1}"));
    batch.emit(RECORD);
    batch.mark(Offset.parse("{\"page\":2}"));
    batch.emit(RECORD);

    assertThat(batch.cut()).contains(Offset.parse("{\"page\":2}"));
    assertThat(batch.records()).isEqualTo(2);
    assertThat(kept).contains(2L);
  }

  @Test
  void bufferThatIsNotWholeIsNotCut() {
    Microbatch batch =
        microbatch(
            Long.MAX_VALUE,
            Long.MAX_VALUE,
            record -> {
              throw new IllegalStateException("The disk is full");
            });
    batch.mark(Offset.parse("{\"page\":1}"));

    assertThatThrownBy(() -> batch.emit(RECORD)).hasMessage("The disk is full");

    assertThat(batch.cut()).isEmpty();
  }

  @Test
  void readThatGoesOnAfterARequestToStopIsEndedAfterASecond() {
    Microbatch batch = microbatch(Long.MAX_VALUE, Long.MAX_VALUE, record -> {});
    cancellation.request();

    assertThat(batch.wantsMore()).isFalse();
    assertThat(batch.wantsMore()).isFalse();
    now = now.plusSeconds(1);
    assertThatThrownBy(batch::wantsMore).isInstanceOf(Microbatch.Overdue.class);
  }

  @Test
  void readThatGoesOnWhenItsTimeIsOverIsEndedOnceThereIsSomethingToKeep() {
    Microbatch batch = microbatch(Long.MAX_VALUE, Long.MAX_VALUE, record -> {});
    now = Site.NOW.plusSeconds(50);
    assertThat(batch.wantsMore()).isFalse();

    now = Site.NOW.plusSeconds(56);
    assertThat(batch.wantsMore()).isFalse();
    batch.mark(Offset.parse("{\"page\":1}"));
    assertThatThrownBy(batch::wantsMore).isInstanceOf(Microbatch.Overdue.class);
  }
}
