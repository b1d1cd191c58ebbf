package dev.sluice.testkit;

import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorProvider;
import dev.sluice.spi.Deadline;
import dev.sluice.spi.IngestionType;
import dev.sluice.spi.Options;
import dev.sluice.spi.RequestListener;
import dev.sluice.spi.SourceConnector;
import dev.sluice.spi.Table;
import dev.sluice.spi.TableMetadata;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** What a check examines: a connector against one table of a stand-in. */
record Subject(
    ConnectorProvider provider, StandIn source, StandInTable standIn, RequestListener listener) {

  static final Duration BUDGET = Duration.ofMinutes(15);

  Subject(ConnectorProvider provider, StandIn source, StandInTable standIn) {
    this(provider, source, standIn, RequestListener.NONE);
  }

  Subject with(RequestListener listener) {
    return new Subject(provider, source, standIn, listener);
  }

  Table table() {
    return Table.named(standIn.name()).with(standIn.options());
  }

  Table table(Duration lookback) {
    return Table.named(standIn.name())
        .with(standIn.options().with("lookback_seconds", String.valueOf(lookback.toSeconds())));
  }

  SourceConnector connect(Instant startedAt) {
    return connect(startedAt, source.connection());
  }

  SourceConnector connect(Instant startedAt, Options options) {
    InstantSource clock = InstantSource.fixed(startedAt);
    return provider.create(
        new ConnectorContext(options, startedAt, Deadline.after(BUDGET, clock), clock, listener));
  }

  TableMetadata metadata() {
    try (SourceConnector connector = connect(Instant.parse("2026-03-02T08:00:00Z"))) {
      return connector.metadata(table());
    }
  }

  IngestionType type() {
    return metadata().type();
  }

  /**
   * When an invocation begins that finds this layout: later than all of it, and between two values
   * that the cursor can have.
   */
  Instant startedAfter(Layout layout) {
    Duration half = standIn.resolution().dividedBy(2);
    return layout.last().plus(Duration.ofHours(2)).plus(standIn.resolution()).plus(half);
  }

  /** The cursor value of something that is written now. */
  Instant stamp(Instant now) {
    long unit = standIn.resolution().toNanos();
    long nanos = Math.floorMod(Duration.between(Instant.EPOCH, now).toNanos(), unit);
    return now.minusNanos(nanos);
  }
}
