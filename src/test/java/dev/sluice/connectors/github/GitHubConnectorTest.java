package dev.sluice.connectors.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.rest.http.PauseAdvice;
import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorException.Kind;
import dev.sluice.spi.ConnectorProvider;
import dev.sluice.spi.Deadline;
import dev.sluice.spi.Offset;
import dev.sluice.spi.Options;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.RequestListener;
import dev.sluice.spi.SourceConnector;
import dev.sluice.spi.SourceRecord;
import dev.sluice.spi.Table;
import dev.sluice.testkit.ConnectorContract;
import dev.sluice.testkit.RowSpec;
import dev.sluice.testkit.StandIn;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GitHubConnectorTest extends ConnectorContract {
  private static final Instant NOW = Instant.parse("2026-03-02T00:00:00Z");

  @Override
  protected ConnectorProvider connector() {
    return new GitHubProvider();
  }

  @Override
  protected StandIn standIn() {
    return GitHubStandIn.start();
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 429})
  void usedUpRateLimitSaysWhenToComeBack(int status) {
    try (var gitHub = GitHubStandIn.start(0, InstantSource.fixed(NOW), GitHubStandIn.Text.PRETTY)) {
      Instant reset = NOW.plus(Duration.ofMinutes(40));
      gitHub.rateLimit(0, reset, status);

      ConnectorException failure = readIssues(gitHub);

      assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
      assertThat(failure.resumeAt()).contains(reset);
      assertThat(gitHub.wire().requests()).isEqualTo(1);
    }
  }

  @Test
  void secondaryRateLimitSaysWhenToComeBack() {
    try (var gitHub = GitHubStandIn.start()) {
      gitHub.wire().fail(GitHubStandIn.secondaryLimit(Duration.ofMinutes(30)));

      ConnectorException failure = readIssues(gitHub);

      assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
      assertThat(failure.resumeAt()).contains(NOW.plus(Duration.ofMinutes(30)));
    }
  }

  @Test
  void secondaryRateLimitThatOnlyItsTextTellsIsNoDenial() {
    try (var gitHub = GitHubStandIn.start()) {
      gitHub.wire().fail(GitHubStandIn.secondaryLimit());

      ConnectorException failure = readIssues(gitHub, Duration.ofSeconds(30));

      assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
      assertThat(failure.resumeAt()).contains(NOW.plus(Duration.ofMinutes(1)));
      assertThat(gitHub.wire().requests()).isEqualTo(1);
    }
  }

  @Test
  void pauseOfTheSecondaryLimitGrowsAsItGoesOn() {
    var limit = new SecondaryLimit();
    var refusal = new SecondaryRefusal();

    assertThat(IntStream.range(0, 9).mapToObj(i -> limit.pause(refusal).orElseThrow().toMinutes()))
        .containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 64L, 64L);
  }

  private record SecondaryRefusal() implements PauseAdvice.Refusal {
    @Override
    public int status() {
      return 403;
    }

    @Override
    public Optional<String> header(String name) {
      return Optional.empty();
    }

    @Override
    public String text() {
      return "You have exceeded a secondary rate limit.";
    }
  }

  @ParameterizedTest
  @CsvSource({
    "issues, lookback_seconds, -1",
    "issues, start_date, yesterday",
    "issues, per_page, 0",
    "issues, state, ajar",
    "commits, start_date, yesterday",
    "commits, window_seconds, 0"
  })
  void wrongOptionIsNamedWithItsValue(String table, String option, String value) {
    try (var gitHub = GitHubStandIn.start()) {
      var reader = GitHubReader.ofHello(gitHub, table).with(option, value);
      gitHub.table(GitHubList.COMMITS).put(RowSpec.of(1, NOW.minus(Duration.ofDays(1))));

      assertThatThrownBy(() -> reader.read(NOW))
          .isInstanceOfSatisfying(
              ConnectorException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION))
          .hasMessageContaining(option)
          .hasMessageContaining(value);
    }
  }

  private static ConnectorException readIssues(GitHubStandIn gitHub) {
    return readIssues(gitHub, Duration.ofMinutes(10));
  }

  private static ConnectorException readIssues(GitHubStandIn gitHub, Duration time) {
    InstantSource clock = InstantSource.fixed(NOW);
    var context =
        new ConnectorContext(
            gitHub.connection(), NOW, Deadline.after(time, clock), clock, RequestListener.NONE);
    Table issues =
        Table.named("issues").with(Options.NONE.with("owner", "octo").with("repo", "hello"));
    try (SourceConnector connector = new GitHubProvider().create(context)) {
      return catchThrowableOfType(
          ConnectorException.class,
          () -> connector.readTable(issues, Offset.START, new Unwanted()));
    }
  }

  private static final class Unwanted implements RecordEmitter {
    @Override
    public void emit(SourceRecord record) {
      throw new AssertionError("A record from a source that refuses");
    }

    @Override
    public boolean wantsMore() {
      return true;
    }
  }
}
