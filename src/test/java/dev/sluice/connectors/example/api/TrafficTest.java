package dev.sluice.connectors.example.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.connectors.example.api.ExampleApi.Settings;
import dev.sluice.connectors.example.api.Traffic.Exchange;
import dev.sluice.spi.SourceRecord;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrafficTest {
  private static final String USERS = "/tables/users/records";

  private final ExampleApi api = ExampleApi.start(Settings.reliable());
  private final Client client = new Client(api);

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void requestsAreCountedAndTold() {
    List<Exchange> exchanges = new CopyOnWriteArrayList<>();
    api.traffic().listen(exchanges::add);

    client.get(USERS + "?page=2");
    client.post("users", "{}");
    client.anonymous().get("/tables");

    assertThat(api.traffic().requests()).isEqualTo(3);
    assertThat(exchanges)
        .containsExactly(
            new Exchange("GET", USERS + "?page=2", 200),
            new Exchange("POST", USERS, 400),
            new Exchange("GET", "/tables", 401));
  }

  @Test
  void answersStandInForTheNextRequestsOfAPath() {
    ApiAnswer answer =
        ApiAnswer.error(503, "down").with("Retry-After", "7").with("Content-Type", "text/html");
    api.traffic().answerNext(2, "/tables/users/", answer);

    assertThat(client.get("/tables").statusCode()).isEqualTo(200);
    assertThat(client.get(USERS).header("retry-after")).isEqualTo("7");
    assertThat(client.get(USERS).contentType()).isEqualTo("text/html");
    assertThat(client.get(USERS).statusCode()).isEqualTo(200);
  }

  @Test
  void answersFollowOneAnotherUntilCleared() {
    api.traffic().answerNext(1, new ApiAnswer(204, Map.of(), "", 0));
    api.traffic().answerNext(Integer.MAX_VALUE, ApiAnswer.json(200, "<html>"));

    assertThat(client.get(USERS).statusCode()).isEqualTo(204);
    assertThat(client.get(USERS).asString()).isEqualTo("<html>");
    api.traffic().clear();
    assertThat(client.get("/tables").asString()).startsWith("{\"tables\"");
  }

  @Test
  void truncatedAnswerEndsBeforeItsLength() {
    api.traffic().answerNext(1, ApiAnswer.json(200, "{\"records\":[").truncated());

    try (HttpClient http = HttpClient.newHttpClient()) {
      assertThatThrownBy(() -> get(http, api.baseUri().resolve("/tables")))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void rowsChangeBeforeAndAfterAChosenPage() {
    api.store().pageSize("users", 1);
    api.store().replace("users", List.of(user("a", "2026-01-01"), user("b", "2026-01-02")));
    api.traffic().beforePage(2, () -> api.store().place("users", user("c", "2025-01-01")));
    api.traffic().afterPage(2, () -> api.store().place("users", user("d", "2026-01-03")));

    assertThat(client.all(USERS, "user_id")).containsExactly("a", "a", "b", "d");
    assertThat(client.all(USERS, "user_id")).containsExactly("c", "a", "b", "d");
  }

  @Test
  void failedRequestsAreNoPages() {
    api.traffic().answerNext(1, ApiAnswer.error(500, "no"));
    api.traffic().afterPage(1, () -> api.store().replace("users", List.of()));

    client.get(USERS);
    client.get("/tables");

    assertThat(api.store().count("users")).isEqualTo(37);
    client.get(USERS);
    assertThat(api.store().count("users")).isZero();
  }

  @Test
  void placedTombstonesKeepTheirCursor() {
    api.store()
        .placeTombstone(
            "orders", SourceRecord.of("{\"order_id\":\"x\",\"updated_at\":\"2099-01-01\"}"));

    assertThat(client.all("/tables/orders/deleted_records", "updated_at"))
        .containsExactly("2099-01-01");
    assertThat(api.store().count("orders")).isEqualTo(103);
  }

  private static SourceRecord user(String key, String updatedAt) {
    return SourceRecord.of("{\"user_id\":\"%s\",\"updated_at\":\"%s\"}".formatted(key, updatedAt));
  }

  @Test
  void keptConnectionAnswersAtOnce() throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      long[] nanos = new long[41];
      for (int i = 0; i < nanos.length; i++) {
        long start = System.nanoTime();
        assertThat(get(http, api.baseUri().resolve(USERS)).statusCode()).isEqualTo(200);
        nanos[i] = System.nanoTime() - start;
      }

      Arrays.sort(nanos);

      // a delayed acknowledgement costs 40 ms, a request here about one
      assertThat(nanos[nanos.length / 2]).isLessThan(20_000_000);
    }
  }

  private static HttpResponse<String> get(HttpClient http, URI uri)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri).header("Authorization", "Basic YTpi").build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
