package dev.sluice.rest.http;

import static dev.sluice.rest.http.FaultServer.bytes;
import static dev.sluice.rest.http.FaultServer.json;
import static dev.sluice.rest.http.FaultServer.rawThenEnd;
import static dev.sluice.rest.http.FaultServer.rawThenReset;
import static dev.sluice.rest.http.FaultServer.status;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.rest.http.FaultServer.Answer;
import dev.sluice.rest.strategy.FaultySource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;

/** Every way in which a source, or what stands before it, answers wrongly; and how that ends. */
public enum HttpFault {
  RETRY_AFTER_SECONDS(Ending.LIMITED, status(429, "slow down", "Retry-After: 3600")),
  RETRY_AFTER_DATE(Ending.LIMITED, status(503, "", "Retry-After: " + date(Duration.ofHours(1)))),
  RETRY_AFTER_ABSURDLY_LONG(Ending.LIMITED, status(429, "", "Retry-After: 99999999999999999999")),
  RETRY_AFTER_THE_END_OF_TIME(
      Ending.LIMITED, status(429, "", "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT")),
  RETRY_AFTER_ABSENT(Ending.LIMITED_FOR_A_WHILE, status(429, "slow down")),
  RETRY_AFTER_NEGATIVE(Ending.LIMITED_FOR_A_WHILE, status(429, "", "Retry-After: -3600")),
  RETRY_AFTER_NONSENSE(Ending.LIMITED_FOR_A_WHILE, status(429, "", "Retry-After: in a while")),
  RETRY_AFTER_PAST(
      Ending.LIMITED_FOR_A_WHILE, status(429, "", "Retry-After: " + date(Duration.ofHours(-1)))),
  RATE_LIMIT_AS_FORBIDDEN(Ending.LIMITED, status(403, "limit", limitHeaders())),
  RATE_LIMIT_WITH_RESET(Ending.LIMITED, status(429, "limit", limitHeaders())),
  RATE_LIMIT_WITHOUT_RESET(
      Ending.LIMITED_FOR_A_WHILE, status(403, "limit", "X-RateLimit-Remaining: 0")),
  NOT_READY(Ending.PASSING, status(202, "[]")),
  OF_A_CACHE(Ending.REFUSED, status(203, "[]")),
  NO_CONTENT(Ending.REFUSED, rawThenEnd("HTTP/1.1 204 No Content\r\n\r\n")),
  PARTIAL_CONTENT(Ending.REFUSED, status(206, "[]", "Content-Range: bytes 0-1/9")),
  MULTI_STATUS(Ending.REFUSED, status(207, "[]")),
  DELTA(Ending.REFUSED, status(226, "[]")),
  STATUS_500(Ending.PASSING, status(500, "oops")),
  STATUS_502(Ending.PASSING, status(502, "<html>Bad gateway</html>")),
  STATUS_503(Ending.PASSING, status(503, "")),
  STATUS_504(Ending.PASSING, status(504, "")),
  STATUS_520(Ending.PASSING, status(520, "<html>Web server returned an unknown error</html>")),
  NOT_IMPLEMENTED(Ending.NEVER, status(501, "")),
  HEADERS_BYTE_BY_BYTE(Ending.PASSING, server -> server.rawThenDrip(head("X-Slow: "))),
  BODY_BYTE_BY_BYTE(
      Ending.PASSING, server -> server.rawThenDrip(head("Content-Length: 99999\r\n\r\n["))),
  BODY_WITHOUT_LENGTH_BYTE_BY_BYTE(
      Ending.PASSING, server -> server.rawThenDrip(head("\r\n[{\"id\":1},"))),
  STALL_BEFORE_THE_ANSWER(Ending.PASSING, server -> server.rawThenStall("")),
  STALL_IN_THE_HEADERS(Ending.PASSING, server -> server.rawThenStall(head("X-Half: "))),
  STALL_IN_THE_BODY(
      Ending.PASSING, server -> server.rawThenStall(head("Content-Length: 99\r\n\r\n[{"))),
  CLOSED_BEFORE_THE_ANSWER(Ending.PASSING, rawThenEnd("")),
  RESET_BEFORE_THE_ANSWER(Ending.PASSING, rawThenReset("")),
  NOT_HTTP(Ending.PASSING, rawThenEnd("SSH-2.0-OpenSSH\r\n\r\n")),
  RESET_IN_THE_BODY(Ending.BROKEN, rawThenReset(head("Content-Length: 99\r\n\r\n[{\"id\""))),
  CONTENT_LENGTH_TOO_LONG(Ending.BROKEN, rawThenEnd(head("Content-Length: 99\r\n\r\n[]"))),
  CHUNKS_CUT(Ending.BROKEN, rawThenEnd(head("Transfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n"))),
  CUT_WHERE_ONLY_THE_END_ENDS_IT(Ending.BROKEN, rawThenEnd(head("\r\n[{\"id\":1},{\"id\":2}"))),
  EMPTY_BODY(Ending.BROKEN, json("")),
  GZIP_CUT(Ending.BROKEN, gzipped(cut(gzip("[{\"id\":1},{\"id\":2}]".getBytes(UTF_8))))),
  NOT_GZIP(Ending.BROKEN, gzipped("[]".getBytes(UTF_8))),
  ENCODING_THAT_NOBODY_ASKED_FOR(Ending.REFUSED, bytes(200, new byte[9], "Content-Encoding: zstd")),
  HEADERS_TOO_LARGE(Ending.REFUSED, json("[]", "X-Large: " + "x".repeat(70_000))),
  TWO_LENGTHS_THAT_DIFFER(Ending.REFUSED, json("[]", "Content-Length: 3")),
  GZIP_BOMB(Ending.REFUSED, gzipped(gzip(new byte[64 << 20]))),
  LARGER_THAN_ALLOWED(Ending.REFUSED, json("[" + " ".repeat(2 << 20) + "]")),
  MALFORMED_JSON(Ending.BROKEN, json("[{\"id\":1,,}]")),
  MORE_THAN_ONE_DOCUMENT(Ending.BROKEN, json("[]{}")),
  OTHER_ENCODING(Ending.BROKEN, bytes(200, "[]".getBytes(UTF_16))),
  INVALID_UTF_8(Ending.BROKEN, bytes(200, new byte[] {'[', '{', '"', (byte) 0xC3, '"', ':', '1'})),
  OVERLONG_UTF_8(Ending.BROKEN, bytes(200, latin("[{\"id\":\"\u00C0\u00AF\"}]"))),
  SURROGATE_IN_UTF_8(Ending.BROKEN, bytes(200, latin("[{\"id\":\"\u00ED\u00A0\u0080\"}]"))),
  HTML_LOGIN_PAGE(
      Ending.BROKEN, status(200, "<!DOCTYPE html><html>Log in", "Content-Type: text/html")),
  HTML_SAYING_IT_IS_JSON(Ending.BROKEN, json("<html><body>Log in</body></html>")),
  OTHER_SHAPE(Ending.BROKEN, json("{\"message\":\"no\"}")),
  ERROR_BODY_AS_200(Ending.REFUSED, json("{\"errors\":[{\"message\":\"down\"}]}")),
  RECORDS_THAT_ARE_NONE(Ending.REFUSED, json("[{\"id\":1},2]")),
  UNAUTHORIZED(Ending.DENIED, status(401, "Bad credentials")),
  FORBIDDEN(Ending.DENIED, status(403, "No access")),
  NOT_FOUND(Ending.MISCONFIGURED, status(404, "No such thing")) {
    @Override
    Ending onAPage() {
      return Ending.EXPIRED;
    }
  },
  GONE(Ending.MISCONFIGURED, status(410, "No longer here")) {
    @Override
    Ending onAPage() {
      return Ending.EXPIRED;
    }
  },
  REDIRECT_LOOP(
      Ending.LOOP,
      (request, connection) ->
          status(302, "", "Location: " + request.target()).play(request, connection)),
  REDIRECT_TO_ANOTHER_HOST(Ending.MISCONFIGURED, status(302, "", "Location: http://127.0.0.2:9/")),
  REDIRECT_TO_NOWHERE(Ending.REFUSED, status(302, "")),
  NEXT_LINK_TO_ANOTHER_HOST(Ending.REFUSED, json("[]", "Link: <http://127.0.0.2:9/>; rel=next"));

  /** How a fault that lasts ends a run, and after how many requests. */
  enum Ending {
    /** At once, with the time to come back. */
    LIMITED("TRANSIENT", 1),
    /** After as many attempts as are allowed, with our own guess of when to come back. */
    LIMITED_FOR_A_WHILE("TRANSIENT", 3),
    /** After as many attempts as are allowed; a single one is survived. */
    PASSING("TRANSIENT", 3),
    /** The same, but nobody could read what came. */
    BROKEN("PROTOCOL", 3),
    /** At once: asking again would not change it. */
    REFUSED("PROTOCOL", 1),
    LOOP("PROTOCOL", 6),
    /** At once: the operator has to act. */
    DENIED("CONFIGURATION", 1),
    MISCONFIGURED("CONFIGURATION", 1),
    /** At once: the server does not do such a thing today. */
    NEVER("TRANSIENT", 1),
    /** At once: a new run asks for the list itself. */
    EXPIRED("TRANSIENT", 1);

    private final String kind;
    private final int requests;

    Ending(String kind, int requests) {
      this.kind = kind;
      this.requests = requests;
    }

    String kind() {
      return kind;
    }

    int requests() {
      return requests;
    }

    boolean survivesOne() {
      return this == PASSING || this == LIMITED_FOR_A_WHILE || this == BROKEN || this == LOOP;
    }

    boolean isLimit() {
      return this == LIMITED || this == LIMITED_FOR_A_WHILE;
    }
  }

  private final Ending ending;
  private final Function<FaultServer, Answer> answer;

  HttpFault(Ending ending, Answer answer) {
    this(ending, server -> answer);
  }

  HttpFault(Ending ending, Function<FaultServer, Answer> answer) {
    this.ending = ending;
    this.answer = answer;
  }

  /** Whether it is the time that ends it. */
  boolean isSlow() {
    return name().startsWith("STALL_") || name().endsWith("_BYTE_BY_BYTE");
  }

  /** As the answer to a request for the list. */
  Ending onTheList() {
    return ending;
  }

  /** As the answer to a request that the source's own link led to. */
  Ending onAPage() {
    return ending;
  }

  public Answer answer(FaultServer server) {
    return answer.apply(server);
  }

  private static String head(String rest) {
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + rest;
  }

  private static String date(Duration fromNow) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(
        FaultySource.NOW.plus(fromNow).atOffset(ZoneOffset.UTC));
  }

  private static String[] limitHeaders() {
    long reset = FaultySource.NOW.plus(Duration.ofHours(1)).getEpochSecond();
    return new String[] {"X-RateLimit-Remaining: 0", "X-RateLimit-Reset: " + reset};
  }

  private static byte[] latin(String bytes) {
    return bytes.getBytes(ISO_8859_1);
  }

  private static byte[] gzip(byte[] body) {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static byte[] cut(byte[] bytes) {
    return Arrays.copyOf(bytes, bytes.length - 12);
  }

  private static Answer gzipped(byte[] body) {
    return bytes(200, body, "Content-Encoding: gzip");
  }
}
