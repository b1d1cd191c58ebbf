package dev.sluice.rest.http;

import static dev.sluice.rest.http.FaultServer.json;
import static dev.sluice.rest.http.FaultServer.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rest.ClientInvocation;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CookiesTest {

  @Test
  void cookiesOfTheSourceComeBackUntilItEndsThem() {
    try (var server =
            new FaultServer(
                status(500, "busy", "Set-Cookie: NODE=a7; Path=/; HttpOnly", "Set-Cookie: b=1"),
                json("[]", "Set-Cookie: NODE=a8; Path=/"),
                json("[]", "Set-Cookie: NODE=; Path=/; Max-Age=0"),
                json("[]"));
        var client = new ClientInvocation().client(server.url()).build()) {
      for (int i = 0; i < 3; i++) {
        Failing.items(client);
      }

      assertThat(server.received())
          .extracting(request -> request.header("cookie"))
          .containsExactly("", "NODE=a7; b=1", "b=1; NODE=a8", "b=1");
    }
  }

  @Test
  void redirectThatSetsACookieGetsItBack() {
    try (var server =
            new FaultServer(status(302, "", "Location: /items", "Set-Cookie: seen=1"), json("[]"));
        var client = new ClientInvocation().client(server.url()).build()) {
      assertThat(Failing.items(client)).isEmpty();
      assertThat(server.received().getLast().header("cookie")).isEqualTo("seen=1");
    }
  }

  @Test
  void cookiesOfOtherHostsOrWithoutSenseAreDropped() {
    String[] many =
        IntStream.range(0, 60).mapToObj(i -> "Set-Cookie: c" + i + "=1").toArray(String[]::new);
    try (var server =
            new FaultServer(
                json("[]", "Set-Cookie: a=1; Domain=evil.example", "Set-Cookie: ", "Set-Cookie: ="),
                json("[]", many),
                json("[]"));
        var client = new ClientInvocation().client(server.url()).build()) {
      for (int i = 0; i < 3; i++) {
        Failing.items(client);
      }

      assertThat(server.received()).allMatch(request -> request.header("cookie").isEmpty());
    }
  }
}
