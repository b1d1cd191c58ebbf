package dev.sluice.rest.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.rest.ApiClient;
import dev.sluice.rest.ClientInvocation;
import dev.sluice.rest.auth.Auth;
import dev.sluice.rest.http.FaultServer;
import dev.sluice.rest.http.Request;
import dev.sluice.rest.page.Listing;
import dev.sluice.rest.page.TaggedList;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Offset;
import dev.sluice.spi.PrimaryKey;
import dev.sluice.testkit.Call;
import dev.sluice.testkit.Fault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Snapshots whose source says by tags that it has not changed. */
class UnchangedListTest {
  private static final int NO_CAP = 1_000;

  private static ApiClient client(TaggedList source) {
    return new ClientInvocation().client(source.url()).build();
  }

  private static Snapshot snapshot(ApiClient client) {
    return Snapshot.of(client, TaggedList.listing(), PrimaryKey.of("id"));
  }

  private static Reading read(Snapshot snapshot, int cap) {
    var reading = new Reading((context, start, out) -> snapshot.read(start, out), cap);
    reading.invoke(ShiftingList.BASE);
    return reading;
  }

  @ParameterizedTest
  @CsvSource({"3,1", "3,2", "3,1000", "8,1000"})
  void quietListCostsARequestForEachPageThatIsNotSentAgain(int pageSize, int cap) {
    try (var source = new TaggedList(pageSize, 7);
        var client = client(source)) {
      var snapshot = snapshot(client).pagesOf(pageSize);
      Offset complete = read(snapshot, cap).offset();
      source.calls();

      assertThat(snapshot.isUnchanged(complete)).isTrue();
      assertThat(TaggedList.conditions(source.calls()))
          .hasSize((7 + pageSize - 1) / pageSize)
          .allMatch(condition -> condition.startsWith("W/\""));
    }
  }

  @Test
  void strongTagsAreSentAsTheyAre() {
    try (var source = new TaggedList(3, 4);
        var client = client(source)) {
      source.tagPrefix = "";
      Offset complete = read(snapshot(client), NO_CAP).offset();
      source.calls();

      assertThat(snapshot(client).isUnchanged(complete)).isTrue();
      assertThat(TaggedList.conditions(source.calls()))
          .hasSize(2)
          .allMatch(condition -> condition.matches("\"[0-9a-f]+\""));
    }
  }

  static Stream<Consumer<Map<Integer, String>>> changes() {
    return Stream.of(
        rows -> rows.put(10, "second"),
        rows -> rows.put(40, "second"),
        rows -> rows.put(70, "second"),
        rows -> rows.put(5, "new"),
        rows -> rows.put(45, "new"),
        rows -> rows.put(75, "new"),
        rows -> rows.remove(10),
        rows -> rows.remove(40),
        rows -> rows.remove(70),
        Map::clear);
  }

  @ParameterizedTest
  @MethodSource("changes")
  void anyChangeIsNoticed(Consumer<Map<Integer, String>> change) {
    for (int pageSize : List.of(2, 3, 6, 7, 8)) {
      for (boolean links : new boolean[] {true, false}) {
        try (var source = new TaggedList(pageSize, 7);
            var client = client(source)) {
          source.linksWhenUnchanged = links;
          var snapshot = snapshot(client).pagesOf(pageSize);
          Offset complete = read(snapshot, NO_CAP).offset();

          change.accept(source.rows);

          assertThat(snapshot.isUnchanged(complete)).as("pages of %d", pageSize).isFalse();
        }
      }
    }
  }

  /**
   * Whatever happens while a list is read: what is unchanged since then was delivered like that.
   */
  @ParameterizedTest
  @MethodSource("changes")
  void tagsStandForWhatWasDelivered(Consumer<Map<Integer, String>> change) {
    int unchanged = 0;
    for (int cap : List.of(1, NO_CAP)) {
      for (int moment = 1; moment <= 14; moment++) {
        try (var source = new TaggedList(3, 7);
            var client = client(source)) {
          source.wire.beforeRequest(moment, () -> change.accept(source.rows));
          var snapshot = snapshot(client);
          Reading reading = read(snapshot, cap);
          source.wire.recover(); // what did not happen yet is of no matter any more

          if (snapshot.isUnchanged(reading.offset())) {
            unchanged++;
            assertThat(new HashSet<>(reading.records()))
                .as("before request %d, cap %d", moment, cap)
                .containsExactlyInAnyOrderElementsOf(source.records());
          }
        }
      }
    }
    assertThat(unchanged).isPositive();
  }

  @Test
  void firstPageThatHasChangedEndsIt() {
    try (var source = new TaggedList(2, 7);
        var client = client(source)) {
      Offset complete = read(snapshot(client), NO_CAP).offset();
      source.rows.put(10, "second");
      source.calls();

      assertThat(snapshot(client).isUnchanged(complete)).isFalse();
      assertThat(source.calls()).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({"3,6,3", "3,3,3", "10,3,0"})
  void lastPageThatMayBeFullTellsNothing(int pageSize, int records, int declared) {
    try (var source = new TaggedList(pageSize, records);
        var client = client(source)) {
      var snapshot = snapshot(client).pagesOf(declared);
      Offset complete = read(snapshot, NO_CAP).offset();
      source.calls();

      assertThat(snapshot.isUnchanged(complete)).isFalse();
      assertThat(source.calls()).isEmpty();
    }
  }

  @Test
  void pageThatFollowsAnUnchangedOneIsNoticedWhereTheSourceLinksToIt() {
    try (var source = new TaggedList(3, 3);
        var client = client(source)) {
      source.linksWhenUnchanged = true;
      var snapshot = snapshot(client).pagesOf(100); // more than the source keeps to
      Offset complete = read(snapshot, NO_CAP).offset();
      boolean before = snapshot.isUnchanged(complete);

      source.rows.put(99, "new");

      assertThat(before).isTrue();
      assertThat(snapshot.isUnchanged(complete)).isFalse();
    }
  }

  @Test
  void anotherRequestOrSourceIsAnotherList() {
    try (var source = new TaggedList(3, 7);
        var same = new TaggedList(3, 7);
        var client = client(source);
        var elsewhere = client(same)) {
      Offset complete = read(snapshot(client), NO_CAP).offset();
      source.calls();
      var filtered = TaggedList.listing().with("filter", "all");

      assertThat(Snapshot.of(client, filtered, PrimaryKey.of("id")).isUnchanged(complete))
          .isFalse();
      assertThat(snapshot(elsewhere).isUnchanged(complete)).isFalse();
      assertThat(source.calls()).isEmpty();
      assertThat(same.calls()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"state\":\"complete\"}",
        "{\"state\":\"reading\",\"path\":\"things\",\"tags\":[{\"url\":\"u\",\"tag\":\"t\"}]}",
        "{\"cursor\":\"2026-01-01T00:00:00Z\"}"
      })
  void offsetThatTellsNothingIsNoReasonToAsk(String offset) {
    try (var source = new TaggedList(3, 7);
        var client = client(source)) {
      assertThat(snapshot(client).isUnchanged(Offset.parse(offset))).isFalse();
      assertThat(source.calls()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 429, 500, 503})
  void sourceThatCannotBeAskedIsNotUnchanged(int status) {
    try (var source = new TaggedList(3, 7);
        var client = client(source)) {
      Offset complete = read(snapshot(client), NO_CAP).offset();
      source.wire.fail(new Fault.Answer(status, Map.of("Retry-After", "0"), "forced"));

      var failure =
          catchThrowableOfType(
              ConnectorException.class, () -> snapshot(client).isUnchanged(complete));

      assertThat(failure).hasMessageContaining("status " + status);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 410, 422})
  void pageThatIsNotThereAnyMoreIsLeftToTheRead(int status) {
    try (var source = new TaggedList(3, 7);
        var client = client(source)) {
      Offset complete = read(snapshot(client), NO_CAP).offset();
      source.wire.beforeRequest(
          2, () -> source.wire.fail(new Fault.Answer(status, Map.of(), "gone")));

      assertThat(snapshot(client).isUnchanged(complete)).isFalse();
    }
  }

  @Test
  void sourceWithoutTagsIsReadAndNotAsked() {
    try (var source = new FaultServer(FaultServer.json("[{\"id\":1}]"));
        var client = new ClientInvocation().client(source.url()).build()) {
      var snapshot = Snapshot.of(client, Listing.of(Request.get("things")), PrimaryKey.of("id"));
      Offset complete = read(snapshot, NO_CAP).offset();

      assertThat(snapshot.isUnchanged(complete)).isFalse();
      assertThat(complete.json()).isEqualTo("{\"state\":\"complete\"}");
      assertThat(source.received()).hasSize(1);
    }
  }

  @Test
  void tagsBeyondWhatAnOffsetHoldsAreForgotten() {
    try (var source = new TaggedList(1, 201);
        var client = client(source)) {
      Offset complete = read(snapshot(client), 20).offset();

      assertThat(complete.json()).isEqualTo("{\"state\":\"complete\"}");
      assertThat(snapshot(client).isUnchanged(complete)).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"s3cret-key\"", "\"a b\"", "", "\"\u00e9\""})
  void tagThatIsNotFitForAnOffsetIsNotKept(String tag) {
    try (var source = new FaultServer(FaultServer.json("[{\"id\":1}]", "ETag: " + tag));
        var client =
            new ClientInvocation()
                .client(source.url())
                .auth(Auth.apiKeyQuery("key", "s3cret-key"))
                .build()) {
      var snapshot = Snapshot.of(client, Listing.of(Request.get("a")), PrimaryKey.of("id"));

      assertThat(read(snapshot, NO_CAP).offset().json()).isEqualTo("{\"state\":\"complete\"}");
    }
  }

  @Test
  void keyInTheQueryIsSentAndNotKept() {
    List<Call> calls = new ArrayList<>();
    try (var source = new TaggedList(3, 4);
        var client =
            new ClientInvocation()
                .client(source.url())
                .auth(Auth.apiKeyQuery("key", "s3cret-key"))
                .build()) {
      Offset complete = read(snapshot(client), NO_CAP).offset();
      source.calls();

      assertThat(snapshot(client).isUnchanged(complete)).isTrue();
      calls.addAll(source.calls());
      assertThat(complete.json()).doesNotContain("s3cret-key");
      assertThat(calls).hasSize(2).allMatch(call -> call.query("key").isPresent());
    }
  }
}
