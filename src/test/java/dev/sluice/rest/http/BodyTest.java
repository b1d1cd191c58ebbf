package dev.sluice.rest.http;

import static dev.sluice.rest.http.FaultServer.bytes;
import static dev.sluice.rest.http.FaultServer.json;
import static dev.sluice.rest.http.FaultServer.rawThenEnd;
import static dev.sluice.rest.http.FaultServer.status;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.rest.ClientInvocation;
import dev.sluice.rest.http.FaultServer.Answer;
import dev.sluice.rest.json.ErrorDetector;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BodyTest {

  private static byte[] gzip(byte[] body) {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static Answer gzipped(byte[] compressed) {
    return bytes(200, compressed, "Content-Encoding: gzip");
  }

  static Stream<Answer> unreadableBodies() {
    return Stream.of(
        json("[{\"id\":1},"),
        json(""),
        json("[{\"id\":1}] oops"),
        rawThenEnd("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n[{\"id\":1},{\"i"),
        status(200, "<!DOCTYPE html><html><body>Log in</body></html>", "Content-Type: text/html"),
        status(200, "<html>", "Content-Type: application/json"));
  }

  @ParameterizedTest
  @MethodSource("unreadableBodies")
  void unreadableBodyIsRepeated(Answer unreadable) {
    try (var server = new FaultServer(unreadable, unreadable, json("[{}]"));
        var client = new ClientInvocation().client(server.url()).build()) {
      assertThat(Failing.items(client)).hasSize(1);
      assertThat(server.received()).hasSize(3);
    }
  }

  @Test
  void compressedBodyThatEndsTooSoonIsRepeated() {
    byte[] cut = gzip("[{\"id\":1},{\"id\":2}]".getBytes(UTF_8));
    try (var server = new FaultServer(gzipped(Arrays.copyOf(cut, cut.length - 12)));
        var client = new ClientInvocation().client(server.url()).build()) {
      var failure = Failing.failure(client);

      assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
      assertThat(failure).hasMessageContaining("truncated");
      assertThat(server.received()).hasSize(3);
    }
  }

  @ParameterizedTest
  @MethodSource("unreadableBodies")
  void bodyThatStaysUnreadableIsAProtocolError(Answer unreadable) {
    try (var server = new FaultServer(unreadable);
        var client = new ClientInvocation().client(server.url()).build()) {
      var failure = Failing.failure(client);

      assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
      assertThat(failure).hasMessageContaining("GET " + server.url() + "/items");
      assertThat(failure).hasMessageContaining("content type");
      assertThat(server.received()).hasSize(3);
    }
  }

  @Test
  void htmlPageIsNamed() {
    try (var server = new FaultServer(status(200, "\n <HTML>", "Content-Type: text/html"));
        var client = new ClientInvocation().client(server.url()).build()) {
      assertThat(Failing.failure(client))
          .hasMessageContaining("HTML page")
          .hasMessageContaining("text/html");
    }
  }

  @Test
  void wrongShapeIsRepeatedLikeABrokenBodyThenAProtocolError() {
    try (var server = new FaultServer(json("{\"message\":\"no\"}"));
        var client = new ClientInvocation().client(server.url()).build()) {
      assertThat(Failing.failure(client).kind()).isEqualTo(Kind.PROTOCOL);
      assertThat(Failing.failure(client, Failing.ITEMS.recordsIn("items")))
          .hasMessageContaining("'items'");
      assertThat(server.received()).hasSize(6);
    }
  }

  @Test
  void errorInASuccessfulResponseIsAnErrorAtOnce() {
    var listing = Failing.ITEMS.recordsIn("data.items");
    var detector = ErrorDetector.field("errors");
    try (var server =
            new FaultServer(
                json("{\"data\":{\"items\":[]},\"errors\":[{\"message\":\"throttled\"}]}"));
        var client = new ClientInvocation().client(server.url()).errorDetector(detector).build()) {
      var failure = Failing.failure(client, listing);
      var document =
          catchThrowableOfType(ConnectorException.class, () -> client.json(listing.request()));

      assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
      assertThat(failure).hasMessageContaining("throttled");
      assertThat(document).hasMessageContaining("throttled");
      assertThat(server.received()).hasSize(2);
    }
  }

  @Test
  void answerWithoutContentIsAnEmptyPageWhereTheListSaysSo() {
    var listing = Failing.ITEMS.emptyOn(409).emptyOn(204);
    try (var server =
            new FaultServer(
                (request, connection) ->
                    connection
                        .getOutputStream()
                        .write("HTTP/1.1 204 None\r\n\r\n".getBytes(UTF_8)));
        var client = new ClientInvocation().client(server.url()).build()) {
      assertThat(client.page(listing, listing.request()).records()).isEmpty();
      assertThat(Failing.failure(client)).hasMessageContaining("status 204 instead of 200");
    }
  }

  @Test
  void documentComesWithTheStatusesThatTheCallerKnows() {
    try (var server = new FaultServer(status(207, "{\"errors\":[]}"));
        var client = new ClientInvocation().client(server.url()).build()) {
      assertThat(client.json(Request.get("one"), Set.of(207)).has("errors")).isTrue();
      assertThat(
              catchThrowableOfType(ConnectorException.class, () -> client.json(Request.get("one"))))
          .hasMessageEndingWith("status 207 instead of 200");
    }
  }

  @Test
  void smallDocumentKeepsItsDigits() {
    try (var server = new FaultServer(json("\uFEFF{\"n\":1.10,\"big\":9007199254740993}"));
        var client = new ClientInvocation().client(server.url()).build()) {
      assertThat(client.json(Request.get("one")).toString())
          .isEqualTo("{\"n\":1.10,\"big\":9007199254740993}");
    }
  }

  @Test
  void compressedPagesAreReadOverOneConnection() {
    String page =
        IntStream.range(0, 5_000)
            .mapToObj(i -> "{\"id\":%d,\"text\":\"%s\"}".formatted(i, "x".repeat(i % 300)))
            .collect(Collectors.joining(",", "[", "]"));
    try (var server = new FaultServer(gzipped(gzip(page.getBytes(UTF_8))), json(page), json("[]"));
        var client = new ClientInvocation().client(server.url()).build()) {
      var compressed = Failing.items(client);
      var plain = Failing.items(client);

      assertThat(compressed).hasSize(5_000).isEqualTo(plain);
      assertThat(Failing.items(client)).isEmpty();
      assertThat(server.received().getFirst().header("accept-encoding")).isEqualTo("gzip");
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void pageBeyondTheLimitIsRefusedWithoutBeingReadToItsEnd() {
    byte[] bomb = gzip(new byte[200 << 20]);
    try (var server =
            new FaultServer(gzipped(bomb), json("[" + " ".repeat(1 << 20) + "]"), json("[]"));
        var client = new ClientInvocation().client(server.url()).maxPageBytes(1 << 20).build()) {
      var bombed = Failing.failure(client);
      var plain = Failing.failure(client);

      assertThat(bombed.kind()).isEqualTo(Kind.PROTOCOL);
      assertThat(bombed).hasMessageContaining("larger than 1,048,576 bytes");
      assertThat(plain).hasMessageContaining("larger than");
      assertThat(Failing.items(client)).isEmpty();
      assertThat(server.received()).hasSize(3);
    }
  }

  static Stream<Answer> oddButReadableAnswers() {
    byte[] first = gzip("[{},".getBytes(UTF_8));
    byte[] second = gzip("{}]".getBytes(UTF_8));
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    String interim = "HTTP/1.1 102 Processing\r\nX-Step: 1\r\n\r\n";
    String hints = "HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=next\r\n\r\n";
    String head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    return Stream.of(
        raw(interim + interim + hints + head + "Content-Length: 7\r\n\r\n[{},{}]"),
        raw(head + "Transfer-Encoding: chunked\r\n\r\n7;a=b\r\n[{},{}]\r\n0\r\n\r\n"),
        json("[{},{}]", "Content-Length: 7"),
        json("[{},{}]", "X-Large: " + "x".repeat(60_000)),
        bytes(200, both, "Content-Encoding: x-gzip"),
        json("[{},{}]", "Content-Encoding: identity"));
  }

  private static Answer raw(String bytes) {
    return (request, connection) -> {
      connection.getOutputStream().write(bytes.getBytes(UTF_8));
      connection.getOutputStream().flush();
    };
  }

  @ParameterizedTest
  @MethodSource("oddButReadableAnswers")
  void whatRealServersSendIsRead(Answer odd) {
    try (var server = new FaultServer(odd, json("[]"));
        var client = new ClientInvocation().client(server.url()).build()) {
      assertThat(Failing.items(client)).hasSize(2);
      assertThat(Failing.items(client)).isEmpty();
      assertThat(server.received()).hasSize(2);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  static Stream<Arguments> answersThatNoRepetitionMends() {
    return Stream.of(
        Arguments.of(bytes(200, new byte[9], "Content-Encoding: zstd"), "encoded as 'zstd'"),
        Arguments.of(json("[]", "X-Large: " + "x".repeat(70_000)), "larger than 65,536 bytes"),
        Arguments.of(json("[]", "Content-Length: 3"), "two lengths"));
  }

  @ParameterizedTest
  @MethodSource("answersThatNoRepetitionMends")
  void whatNoRepetitionMendsIsAskedForOnce(Answer answer, String words) {
    var invocation = new ClientInvocation();
    try (var server = new FaultServer(answer, json("[{}]"));
        var client = invocation.client(server.url()).build()) {
      var failure = Failing.failure(client);

      assertThat(invocation.reasons()).isEmpty();

      assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
      assertThat(failure).hasMessageContaining(words).hasMessageNotContaining("Exception");
      assertThat(server.received()).hasSize(1);
      assertThat(Failing.items(client)).hasSize(1);
    }
  }

  @Test
  void absurdContentLengthIsNotBelieved() {
    try (var server =
            new FaultServer(
                rawThenEnd("HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n[]"),
                json("[{}]"));
        var client = new ClientInvocation().client(server.url()).build()) {
      assertThat(Failing.items(client)).hasSize(1);
    }
  }

  @Test
  void recordTooDeepIsRefusedAtOnce() {
    String deep = "[{\"a\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}]";
    try (var server = new FaultServer(json(deep));
        var client = new ClientInvocation().client(server.url()).build()) {
      var failure = Failing.failure(client);

      assertThat(failure.kind()).isEqualTo(Kind.PROTOCOL);
      assertThat(failure).hasMessageContaining("limits");
      assertThat(server.received()).hasSize(1);
    }
  }
}
