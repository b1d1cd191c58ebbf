package dev.sluice.connectors.example.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.connectors.example.api.ExampleApi.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FailuresTest {

  @Test
  void sameSeedFailsTheSameRequests() {
    List<Integer> statuses = statuses(7);

    assertThat(statuses(7)).isEqualTo(statuses);
    assertThat(statuses(8)).isNotEqualTo(statuses);
    assertThat(statuses).contains(200, 429, 500, 503);
  }

  private static List<Integer> statuses(long seed) {
    try (ExampleApi api = ExampleApi.start(Settings.standard().withErrorRate(0.4).withSeed(seed))) {
      Client client = new Client(api);
      return IntStream.range(0, 40).mapToObj(i -> client.get("/tables").statusCode()).toList();
    }
  }

  @Test
  void failuresComeAtTheirRateAndInEqualShares() {
    List<Integer> failures =
        draws(Duration.ofSeconds(1), 0.03, 30_000).stream().map(ApiAnswer::status).toList();

    assertThat(failures).hasSizeBetween(800, 1000);
    for (int status : List.of(429, 500, 503)) {
      assertThat(failures).filteredOn(failure -> failure == status).hasSizeBetween(240, 360);
    }
  }

  @Test
  void halfOfTheFailuresThatPassSayWhenToComeBack() {
    List<ApiAnswer> failures = draws(Duration.ofSeconds(1), 1, 3000);

    List<ApiAnswer> patient =
        failures.stream().filter(failure -> failure.headers().containsKey("Retry-After")).toList();
    assertThat(patient)
        .hasSizeBetween(900, 1100)
        .extracting(ApiAnswer::status)
        .containsOnly(429, 503)
        .contains(429, 503);
    assertThat(patient)
        .extracting(answer -> answer.headers().get("Retry-After"))
        .containsOnly("0", "1")
        .contains("0", "1");
  }

  @Test
  void longestRetryAfterCanBeNone() {
    List<ApiAnswer> failures = draws(Duration.ZERO, 1, 300);

    assertThat(failures)
        .flatExtracting(failure -> failure.headers().entrySet())
        .filteredOn(header -> header.getKey().equals("Retry-After"))
        .isNotEmpty()
        .allMatch(header -> header.getValue().equals("0"));
  }

  private static List<ApiAnswer> draws(Duration longestRetryAfter, double rate, int requests) {
    RandomFailures failures = new RandomFailures(new SplittableRandom(1), rate, longestRetryAfter);
    return IntStream.range(0, requests)
        .mapToObj(i -> failures.next())
        .flatMap(Optional::stream)
        .toList();
  }

  @Test
  void failedWriteIsNotApplied() {
    try (ExampleApi api = ExampleApi.start(Settings.reliable())) {
      Client client = new Client(api);
      api.errorRate(1);

      assertThat(client.post("users", "{\"user_id\":\"new\"}").statusCode()).isIn(429, 500, 503);
      assertThat(client.delete("orders", "order_0000").jsonPath().getString("error")).isNotBlank();
      assertThat(client.get("/nowhere").statusCode()).isIn(429, 500, 503);

      assertThat(api.store().count("users")).isEqualTo(37);
      assertThat(api.store().count("orders")).isEqualTo(103);
      api.errorRate(0);
      assertThat(client.delete("orders", "order_0000").statusCode()).isEqualTo(200);
    }
  }
}
