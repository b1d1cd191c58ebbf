package dev.sluice.connectors.example.api;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Connects HTTP to the routes and does what every request needs, whatever it asks for. */
final class ApiHandler implements HttpHandler {
  private final Router router;
  private final RandomFailures failures;
  private final Traffic traffic;

  ApiHandler(Router router, RandomFailures failures, Traffic traffic) {
    this.router = router;
    this.failures = failures;
    this.traffic = traffic;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      ApiRequest request = ApiRequest.read(exchange);
      traffic.count();
      ApiAnswer answer = answer(request);
      traffic.tell(request, answer);
      send(exchange, answer);
    }
  }

  /**
   * Returns the response. A request fails before it reaches its route, so a failed write has not
   * happened.
   */
  private ApiAnswer answer(ApiRequest request) {
    return traffic
        .scripted(request)
        .or(() -> BasicCredentials.refusal(request))
        .or(failures::next)
        .orElseGet(() -> request.isForPage() ? page(request) : router.answer(request));
  }

  private ApiAnswer page(ApiRequest request) {
    traffic.pageIsDue();
    ApiAnswer answer = router.answer(request);
    traffic.pageWasRead();
    return answer;
  }

  private static void send(HttpExchange exchange, ApiAnswer answer) throws IOException {
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    int announced = body.length + answer.unsentBytes();
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    if (announced == 0 || exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(answer.status(), -1); // -1 means that there is no body
      return;
    }
    exchange.sendResponseHeaders(answer.status(), announced);
    exchange.getResponseBody().write(body);
    exchange.getResponseBody().flush();
  }
}
