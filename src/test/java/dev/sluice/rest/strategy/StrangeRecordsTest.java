package dev.sluice.rest.strategy;

import static dev.sluice.rest.http.FaultServer.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rest.http.FaultServer;
import dev.sluice.rest.http.FaultServer.Answer;
import dev.sluice.runtime.report.Outcome;
import dev.sluice.runtime.report.TableReport;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that no honest source has, through the whole runtime into a lake, byte for byte. */
class StrangeRecordsTest {
  private static final int LARGEST_PAGE = 200 << 20;

  @TempDir Path folder;

  private static FaultyLake lake(Path folder, FaultServer server) {
    return new FaultyLake(
        folder, FaultySource.provider(server.url(), Duration.ofSeconds(30), LARGEST_PAGE));
  }

  private static String record(String rest) {
    return "{\"id\":1,\"at\":\"2026-02-01T00:00:01Z\"," + rest + "}";
  }

  static Stream<String> records() {
    String wide =
        IntStream.range(0, 100_000)
            .mapToObj(i -> "\"f" + i + "\":" + i)
            .collect(Collectors.joining(","));
    return Stream.of(
        record("\"large\":\"" + "x".repeat(50 << 20) + "\""),
        record(wide),
        record("\"deep\":" + "[".repeat(9_998) + "]".repeat(9_998)),
        record("\"n\":[9007199254740993,1e400,-0,-0.0,1.10,123456789012345678901234567890]"),
        record("\"n\":1e99999999999"),
        record("\"half\":\"\\ud800\",\"other\":\"\\udc00\\ud800\""),
        record("\"zero\":\"\\u0000\",\"\\u0000\":0"),
        record("\"\":\"\",\"\":{\"\":[]}"),
        record("\"twice\":1,\"twice\":2"),
        record("\"separator\":\"\u2028\u2029\u0085\uFEFF\",\"\uD83D\uDE00\":\"\u6771\""),
        record("\"escapes\":\"\\/\\b\\f\\n\\r\\t\\\"\\\\\\u00e9\""));
  }

  @ParameterizedTest
  @MethodSource("records")
  void recordIsInTheLakeByteForByte(String record) throws IOException {
    try (var server = new FaultServer(json("[" + record + "]"))) {
      for (String table : FaultySource.TABLES) {
        var lake = lake(folder, server);

        TableReport report = lake.sync(table);

        assertThat(report.outcome()).as("%s", report.error()).isEqualTo(Outcome.CAUGHT_UP);
        List<String> lines = lake.lines(table);
        assertThat(lines).hasSize(1);
        // not by assertj, which would print 50 MB
        assertThat(lines.getFirst().equals(record)).isTrue();
      }
    }
  }

  @Test
  void markBlanksAndLineBreaksAroundRecordsAreNoPartOfThem() throws IOException {
    String pretty = "{\r\n  \"id\" : 1,\n\t\"at\" : \"2026-02-01T00:00:01Z\"\r\n}";
    try (var server = new FaultServer(json("\uFEFF \n[\n" + pretty + "\n]\r\n"))) {
      var lake = lake(folder, server);

      lake.sync("all");

      assertThat(lake.lines("all")).containsExactly(pretty.replaceAll("[\r\n]", " "));
    }
  }

  @Test
  void recordThatIsTwiceOnAPageIsNotLost() throws IOException {
    String one = record("\"version\":1");
    String other = record("\"version\":2");
    try (var server = new FaultServer(json("[" + String.join(",", one, one, other) + "]"))) {
      for (String table : FaultySource.TABLES) {
        var lake = lake(folder, server);

        TableReport report = lake.sync(table);

        assertThat(report.outcome()).as("%s", report.error()).isEqualTo(Outcome.CAUGHT_UP);
        assertThat(lake.lines(table)).contains(one);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "null", "[]"})
  void elementThatIsNoRecordFailsTheTableBeforeItsOffsetMoves(String poison) throws IOException {
    String good = record("\"a\":1");
    try (var server =
        new FaultServer(json("[" + good + "," + poison + "]"), json("[" + good + "]"))) {
      var lake = lake(folder, server);

      TableReport report = lake.sync("changes");
      List<String> meanwhile = lake.lines("changes");
      TableReport later = lake.sync("changes");

      assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
      assertThat(report.error().orElseThrow().kind().label()).isEqualTo("PROTOCOL");
      assertThat(report.requests()).isEqualTo(1);
      assertThat(report.after().withoutReading()).isEqualTo(report.before());
      assertThat(meanwhile).isEmpty();
      assertThat(later.outcome()).isEqualTo(Outcome.CAUGHT_UP);
      assertThat(lake.lines("changes")).containsExactly(good);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void pageIsTheSameHoweverItsBytesArrive(long seed) throws IOException {
    String record = record("\"text\":\"\u6771\uD83D\uDE00\\\"]}\",\"n\":[1,{\"a\":[]}]");
    String page = "[" + String.join(",\n", record, record.replace("1,\"at", "2,\"at")) + "]";
    try (var server = new FaultServer(inPieces(page.getBytes(UTF_8), new Random(seed)))) {
      var lake = lake(folder, server);

      lake.sync("all");

      assertThat(lake.lines("all")).containsExactly(record, record.replace("1,\"at", "2,\"at"));
    }
  }

  /** Chunks of a few bytes, or of one, in packets of their own. */
  private static Answer inPieces(byte[] body, Random random) {
    return (request, connection) -> {
      OutputStream out = connection.getOutputStream();
      String head =
          "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
      for (byte one : head.getBytes(UTF_8)) {
        out.write(one);
        out.flush();
      }
      int most = 1 + random.nextInt(5);
      for (int at = 0; at < body.length; ) {
        int length = Math.min(1 + random.nextInt(most), body.length - at);
        out.write((Integer.toHexString(length) + "\r\n").getBytes(UTF_8));
        out.write(body, at, length);
        out.write("\r\n".getBytes(UTF_8));
        out.flush();
        at += length;
      }
      out.write("0\r\n\r\n".getBytes(UTF_8));
      out.flush();
    };
  }
}
