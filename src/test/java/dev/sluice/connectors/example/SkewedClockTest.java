package dev.sluice.connectors.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.connectors.example.api.ExampleApi;
import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.Deadline;
import dev.sluice.spi.Offset;
import dev.sluice.spi.Options;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.RequestListener;
import dev.sluice.spi.SourceRecord;
import dev.sluice.spi.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The example API, read by clocks that are ahead of its own and behind it. */
class SkewedClockTest {
  private final List<String> committed = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({
    "metrics, metric_id, 300",
    "metrics, metric_id, -300",
    "metrics, metric_id, 5",
    "users, user_id, 300",
    "users, user_id, -300",
    "events, event_id, 300",
    "orders, order_id, 300"
  })
  void nothingThatIsWrittenBetweenTwoRunsIsLost(String table, String key, long secondsAhead) {
    Duration ahead = Duration.ofSeconds(secondsAhead);
    try (var api = ExampleApi.start(ExampleApi.Settings.reliable())) {
      Offset offset = Offset.START;
      for (int run = 0; run < 4; run++) {
        offset = sync(api, table, offset, ahead);
        api.store().write(table, SourceRecord.of("{\"%s\":\"new_%d\"}".formatted(key, run)));
      }
      sync(api, table, offset, Duration.ofMinutes(10));

      List<String> lost =
          api.store().records(table).stream()
              .map(SourceRecord::json)
              .filter(record -> record.contains("new_") && !committed.contains(record))
              .toList();
      assertThat(lost).isEmpty();
      assertThat(committed).doesNotHaveDuplicates();
    }
  }

  private Offset sync(ExampleApi api, String table, Offset start, Duration ahead) {
    InstantSource clock = () -> Instant.now().plus(ahead);
    var context =
        new ConnectorContext(
            Options.of(
                Map.of(
                    "base_url", api.baseUri().toString(),
                    "username", "reader",
                    "password", "canary")),
            clock.instant(),
            Deadline.after(Duration.ofMinutes(5), clock),
            clock,
            RequestListener.NONE);
    try (var connector = new ExampleConnector(context)) {
      Offset at = start;
      while (true) {
        List<String> batch = new ArrayList<>();
        Offset end = connector.readTable(Table.named(table), at, into(batch));
        if (end.equals(at)) {
          return at;
        }
        committed.addAll(batch);
        at = end;
      }
    }
  }

  private static RecordEmitter into(List<String> batch) {
    return new RecordEmitter() {
      @Override
      public void emit(SourceRecord record) {
        batch.add(record.json());
      }

      @Override
      public boolean wantsMore() {
        return true;
      }
    };
  }
}
