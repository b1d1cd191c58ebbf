package dev.sluice.rest.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rest.http.Request;
import dev.sluice.rest.page.Listing;
import dev.sluice.rest.page.Page;
import dev.sluice.rest.walk.TimeCursor;
import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Deadline;
import dev.sluice.spi.Offset;
import dev.sluice.spi.Options;
import dev.sluice.spi.PrimaryKey;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.RequestListener;
import dev.sluice.spi.SourceRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Reads that take more than one invocation has time for, a second for each page. */
class RepeatBudgetTest {
  private static final TimeCursor CURSOR = TimeCursor.on("at").identifiedBy(List.of("id"));
  private static final Duration TIME = Duration.ofSeconds(20);
  private static final Duration RESERVE = Duration.ofSeconds(2);

  private Instant now = ShiftingList.BASE.plus(Duration.ofHours(1));
  private final InstantSource clock = () -> now;
  private final ShiftingList list = new ShiftingList(2);

  RepeatBudgetTest() {
    list.newestFirst();
    IntStream.range(0, 200).forEach(id -> list.put(id, id / 2));
  }

  private Page page(ConnectorContext context, Listing listing, Request request) {
    if (context.deadline().isPast()) {
      throw ConnectorException.transientFailure("No time is left");
    }
    now = now.plusSeconds(1);
    return list.page(listing, request);
  }

  /** What many invocations commit, a microbatch each. */
  private List<String> records(Reading.Read read) {
    List<String> committed = new ArrayList<>();
    Offset offset = Offset.START;
    for (int i = 0; i < 100; i++) {
      var deadline = Deadline.after(TIME, clock);
      var context = new ConnectorContext(Options.NONE, now, deadline, clock, RequestListener.NONE);
      var batch = new Batch(deadline);
      try {
        Offset end = read.read(context, offset, batch);
        if (!end.equals(offset)) {
          committed.addAll(batch.records);
        }
        offset = end;
      } catch (ConnectorException e) {
        assertThat(e).hasMessage("No time is left");
      }
      now = deadline.end().plusSeconds(600);
    }
    return committed;
  }

  private record Batch(Deadline deadline, List<String> records) implements RecordEmitter {
    Batch(Deadline deadline) {
      this(deadline, new ArrayList<>());
    }

    @Override
    public void emit(SourceRecord record) {
      records.add(record.json());
    }

    @Override
    public boolean wantsMore() {
      return deadline.allows(RESERVE);
    }
  }

  @Test
  void passFromTheNewestOnIsSavedWhileThereIsTimeToMakeSureOfIt() {
    List<String> records =
        records(
            (context, start, out) ->
                NewestFirst.of(
                        context,
                        (listing, request) -> page(context, listing, request),
                        ShiftingList.listing(),
                        CURSOR,
                        Duration.ZERO,
                        Options.NONE)
                    .read(Optional.empty(), start, out));

    assertThat(records).containsExactlyInAnyOrderElementsOf(list.versions());
  }

  @Test
  void snapshotIsSavedWhileThereIsTimeToMakeSureOfIt() {
    List<String> records =
        records(
            (context, start, out) ->
                Snapshot.of(
                        context,
                        (listing, request) -> page(context, listing, request),
                        ShiftingList.listing(),
                        PrimaryKey.of("id"))
                    .read(start, out));

    assertThat(records).containsExactlyInAnyOrderElementsOf(list.versions());
  }
}
