package dev.sluice.connectors.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.spi.Options;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Searches that cover one span of time after the other. */
class WindowsTest {
  private static final Instant BEGIN = Instant.parse("2026-03-02T08:00:00.250Z");
  private static final int PATIENTS = 240;
  private static final List<String> ALL =
      IntStream.range(0, PATIENTS).mapToObj(i -> "p" + i).toList();
  private static final Options WINDOWS =
      Options.NONE.with("page_size", "7").with("window_seconds", "300");
  private static final Options UNSORTED =
      WINDOWS.with("order", "unsorted").with("start_date", BEGIN.toString());

  /** Four patients a minute, in an order that has nothing to do with their time. */
  private static FhirStandIn filled(ServerStyle style) {
    var server = FhirStandIn.start(style, "Patient");
    for (int i = 0; i < PATIENTS; i++) {
      int minute = i * 37 % 60;
      server
          .api()
          .store("Patient")
          .put("p" + i, BEGIN.plusSeconds(60L * minute), Resources.ofType("Patient", i));
    }
    return server;
  }

  @ParameterizedTest
  @CsvSource({
    "PLAIN,unsorted",
    "HAPI,unsorted",
    "NUMBERED,unsorted",
    "NUMBERED,sorted",
    "HAPI,sorted"
  })
  void everyMicrobatchHasALimit(ServerStyle style, String order) {
    try (var server = filled(style)) {
      var read =
          FhirInvocation.first()
              .upTo(10)
              .read(server.connection(), "Patient", WINDOWS.with("order", order));

      assertThat(read.ids()).containsExactlyInAnyOrderElementsOf(ALL);
      assertThat(read.largestBatch()).isLessThanOrEqualTo(30);
    }
  }

  /** From a request on, the server fails to give larger pages. */
  @ParameterizedTest
  @CsvSource({
    "PLAIN,unsorted,1,",
    "HAPI,unsorted,6,",
    "HAPI,sorted,6,",
    "NUMBERED,sorted,6,",
    "NUMBERED,unsorted,1,1200"
  })
  void pageThatTheServerFailsToGiveComesInParts(
      ServerStyle style, String order, int request, String window) {
    try (var server = filled(style)) {
      Options options = Options.NONE.with("page_size", "50").with("order", order);
      var invocation = FhirInvocation.first();
      server.wire().beforeRequest(request, () -> server.mostPerPage(20));

      var read =
          invocation.read(
              server.connection().with("retry_pause_millis", "1"),
              "Patient",
              window == null
                  ? options
                  : options.with("window_seconds", window).with("start_date", BEGIN.toString()));

      assertThat(read.ids()).contains(ALL.toArray(String[]::new));
      assertThat(read.warnings())
          .filteredOn(text -> text.contains("smaller pages"))
          .singleElement()
          .asString()
          .startsWith("Patient is asked for in smaller pages, now of 12")
          .contains("_count=50");
    }
  }

  @Test
  void startDateIsWhereTheFirstWindowBegins() {
    try (var server = filled(ServerStyle.PLAIN)) {
      Options options =
          WINDOWS.with("order", "unsorted").with("start_date", BEGIN.plusSeconds(1800).toString());

      var read = FhirInvocation.first().read(server.connection(), "Patient", options);

      assertThat(read.ids()).hasSize(PATIENTS / 2).doesNotHaveDuplicates();
    }
  }

  /** A window is a pace, and another one holds from the next search on. */
  @ParameterizedTest
  @CsvSource({"900,true", "30,true", "900,false"})
  void anotherWindowLosesAndRepeatsNothing(String seconds, boolean isWindowed) {
    try (var server = filled(ServerStyle.PLAIN)) {
      var first = FhirInvocation.first();
      assertThatThrownBy(
              () -> {
                server.wire().beforeRequest(12, () -> server.wire().fail(SearchesTest.NOT_NOW));
                first.upTo(1).read(server.connection(), "Patient", UNSORTED);
              })
          .hasMessageContaining("not now");
      server.wire().recover();
      Options changed =
          isWindowed
              ? UNSORTED.with("window_seconds", seconds)
              : Options.NONE.with("order", "unsorted");

      var rest = new FhirInvocation(first.offset()).read(server.connection(), "Patient", changed);

      assertThat(first.ids()).isNotEmpty().hasSizeLessThan(PATIENTS);
      assertThat(List.of(first.ids(), rest.ids()).stream().flatMap(List::stream))
          .containsExactlyInAnyOrderElementsOf(ALL);
    }
  }
}
