package dev.sluice.connectors.hubspot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorException.Kind;
import dev.sluice.spi.Options;
import dev.sluice.spi.Table;
import dev.sluice.testkit.Fault;
import dev.sluice.testkit.Reply;
import dev.sluice.testkit.RowSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** HubSpot's rate limits: kept to, and understood when they are met all the same. */
class LimitsTest {
  private static final Instant DAY = Instant.parse("2026-03-02T08:00:00Z");
  private static final Instant NEXT_DAY = DAY.plus(Duration.ofDays(1));

  /** With the budget for searches that is the default, against a server that counts. */
  @Test
  void searchesKeepToABudgetOfTheirOwn() {
    try (var hubSpot = new HubSpotStandIn()) {
      CrmTable notes = hubSpot.api().table("notes");
      notes.put(CrmFixture.object(notes, RowSpec.of(0, DAY.minusSeconds(60))));
      Options connection = hubSpot.connection().with("searches_per_second", "4");
      var reader =
          new HubSpotReader(
              hubSpot,
              Table.named("notes").with(Options.NONE.with("associations", "none")),
              Integer.MAX_VALUE,
              connection);
      reader.read(DAY);
      notes.mostPerPage(1);
      for (int key = 1; key <= 12; key++) {
        notes.put(CrmFixture.object(notes, RowSpec.of(key, DAY.plusSeconds(60))));
      }
      hubSpot.gate().limit(Integer.MAX_VALUE, 5);

      assertThat(reader.read(NEXT_DAY)).hasSize(12);
      assertThat(hubSpot.gate().refused()).isZero();
    }
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(
            HubSpotGate.limitReply("DAILY", "You have reached your daily limit."),
            Duration.ofHours(1)),
        Arguments.of(
            HubSpotGate.limitReply("TEN_SECONDLY_ROLLING", "ten_secondly_rolling")
                .with("X-HubSpot-RateLimit-Interval-Milliseconds", "10000")
                .with("X-HubSpot-RateLimit-Remaining", "0"),
            Duration.ofSeconds(10)),
        Arguments.of(
            HubSpotGate.limitReply("TEN_SECONDLY_ROLLING", "ten_secondly_rolling"),
            Duration.ofSeconds(10)),
        Arguments.of(
            HubSpotGate.limitReply("SECONDLY", "You have reached your secondly limit."),
            Duration.ofSeconds(1)),
        Arguments.of(
            HubSpotGate.limitReply("SECONDLY", "secondly").with("Retry-After", "30"),
            Duration.ofSeconds(30)));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusalSaysWhenToComeBack(Reply refusal, Duration pause) {
    try (var hubSpot = new HubSpotStandIn()) {
      hubSpot.wire().fail(new Fault.Answer(refusal.status(), refusal.headers(), refusal.body()));
      Options once = hubSpot.connection().with("request_attempts", "1");
      var reader = new HubSpotReader(hubSpot, Table.named("deals"), 1, once);

      var failure = catchThrowableOfType(ConnectorException.class, () -> reader.read(DAY));

      assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
      assertThat(failure.resumeAt()).contains(DAY.plus(pause));
    }
  }

  @Test
  void dailyLimitIsNotWaitedOutOnPaidTime() {
    try (var hubSpot = new HubSpotStandIn()) {
      Reply refusal = HubSpotGate.limitReply("DAILY", "You have reached your daily limit.");
      hubSpot.wire().fail(new Fault.Answer(refusal.status(), refusal.headers(), refusal.body()));

      var failure =
          catchThrowableOfType(
              ConnectorException.class, () -> HubSpotReader.of(hubSpot, "deals").read(DAY));

      assertThat(failure.resumeAt()).contains(DAY.plus(Duration.ofHours(1)));
      assertThat(hubSpot.wire().requests()).isEqualTo(1);
    }
  }

  /** 423 while much is written at once, 477 while HubSpot moves the account's data. */
  @ParameterizedTest
  @CsvSource({"423,", "477,3600"})
  void statusOfHubSpotsOwnThatPassesIsNoMistakeOfTheConfiguration(int status, String retryAfter) {
    try (var hubSpot = new HubSpotStandIn()) {
      Map<String, String> headers =
          retryAfter == null ? Map.of() : Map.of("Retry-After", retryAfter);
      hubSpot.wire().fail(new Fault.Answer(status, headers, "{}"));

      var failure =
          catchThrowableOfType(
              ConnectorException.class, () -> HubSpotReader.of(hubSpot, "deals").read(DAY));

      assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
      assertThat(failure.resumeAt())
          .isEqualTo(Optional.ofNullable(retryAfter).map(text -> DAY.plus(Duration.ofHours(1))));
    }
  }
}
