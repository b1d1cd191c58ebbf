package dev.sluice.rest.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.rest.strategy.PerParent.Parent;
import dev.sluice.rest.walk.Fingerprints;
import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Deadline;
import dev.sluice.spi.Offset;
import dev.sluice.spi.Options;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.RequestListener;
import dev.sluice.spi.SourceRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PerParentTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant LATER = NOW.plus(Duration.ofHours(1));

  private record Count(int read) {}

  /** Parents with so many children each, read two at a time. */
  private static final class Family {
    private final Map<String, Integer> children = new TreeMap<>();
    private final Map<String, ConnectorException> failures = new HashMap<>();
    private final Map<String, ConnectorException> lateFailures = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private int listed;

    Family with(String parent, int count) {
      children.put(parent, count);
      return this;
    }

    Reading reading(int cap) {
      return new Reading(this::read, cap);
    }

    Offset read(ConnectorContext context, Offset start, RecordEmitter out) {
      return PerParent.of(context, this::list, this::read).read(start, out);
    }

    private List<Parent> list() {
      listed++;
      return children.keySet().stream().map(Parent::named).toList();
    }

    private Offset read(String parent, Offset start, RecordEmitter out) {
      asked.add(parent);
      if (failures.containsKey(parent)) {
        throw Optional.ofNullable(failures.get(parent)).orElseThrow();
      }
      int read = start.as(Count.class).map(Count::read).orElse(0);
      int count = children.getOrDefault(parent, 0);
      int end = read;
      while (end < count && (end == read || (end < read + 2 && out.wantsMore()))) {
        out.emit(SourceRecord.of("{\"id\":\"%s%d\"}".formatted(parent, end++)));
      }
      if (lateFailures.containsKey(parent)) {
        throw Optional.ofNullable(lateFailures.get(parent)).orElseThrow();
      }
      return end == read ? start : Offset.of(new Count(end));
    }

    List<String> all() {
      return children.entrySet().stream()
          .flatMap(
              parent ->
                  IntStream.range(0, parent.getValue())
                      .mapToObj(i -> "{\"id\":\"%s%d\"}".formatted(parent.getKey(), i)))
          .toList();
    }
  }

  private static Family abc() {
    return new Family().with("a", 5).with("b", 0).with("c", 3);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 100})
  void everyChildOfEveryParentComesOnce(int cap) {
    Family family = abc();
    var reading = family.reading(cap);

    reading.invoke(NOW);
    assertThat(reading.records()).containsExactlyElementsOf(family.all());

    family.with("b", 1).with("c", 4);
    assertThat(reading.invoke(LATER)).containsExactly("{\"id\":\"b0\"}", "{\"id\":\"c3\"}");
  }

  @Test
  void offsetShowsEachParent() {
    var reading = abc().reading(100);

    reading.invoke(NOW);

    assertThat(reading.offset().json())
        .isEqualTo(
            "{\"run\":\"2026-03-01T12:00:00Z\",\"parents\":{\"a\":{\"read\":5},\"c\":{\"read\":3}}}");
  }

  @Test
  void quietRoundAsksEachOnceAndMovesNothing() {
    Family family = abc();
    var reading = family.reading(100);
    reading.invoke(NOW);
    Offset before = reading.offset();
    family.asked.clear();
    family.listed = 0;

    assertThat(reading.invoke(LATER)).isEmpty();
    assertThat(family.asked).containsExactly("a", "b", "c");
    assertThat(family.listed).isEqualTo(1);
    assertThat(reading.offset()).isEqualTo(before);
  }

  @Test
  void roundThatIsOverIsNotAskedAgainInItsInvocation() {
    Family family = abc();
    var reading = family.reading(100);
    reading.invoke(NOW);
    family.asked.clear();

    reading.invoke(NOW);

    assertThat(family.asked).isEmpty();
  }

  @Test
  void roundGoesOnInTheNextInvocationAndIsFollowedByAnother() {
    Family family = abc();
    var first = new ArrayList<String>();
    Offset cut = family.read(Reading.context(NOW), Offset.START, upTo(6, first));
    assertThat(first).hasSize(6);
    assertThat(cut.json()).contains("\"at\":\"c\"");
    family.with("a", 6);

    var second = new ArrayList<String>();
    Offset end = family.read(Reading.context(LATER), cut, upTo(100, second));
    assertThat(second).containsExactly("{\"id\":\"c1\"}", "{\"id\":\"c2\"}");
    Offset settled = family.read(Reading.context(LATER), end, upTo(100, second));
    assertThat(second).hasSize(3).endsWith("{\"id\":\"a5\"}");
    assertThat(family.read(Reading.context(LATER), settled, upTo(100, second))).isEqualTo(settled);
  }

  private static RecordEmitter upTo(int cap, List<String> records) {
    return new RecordEmitter() {
      @Override
      public void emit(SourceRecord record) {
        records.add(record.json());
      }

      @Override
      public boolean wantsMore() {
        return records.size() < cap;
      }
    };
  }

  @Test
  void parentThatAppearsIsReadFromItsBeginningAndOneThatGoesIsNotAsked() {
    Family family = abc();
    var reading = family.reading(100);
    reading.invoke(NOW);
    family.with("aa", 2);
    family.children.remove("c");
    family.asked.clear();

    assertThat(reading.invoke(LATER)).containsExactly("{\"id\":\"aa0\"}", "{\"id\":\"aa1\"}");
    assertThat(family.asked).doesNotContain("c");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 100})
  void parentThatCannotBeReadFailsTheReadWhenTheOthersAreRead(int cap) {
    Family family = abc();
    family.failures.put("a", ConnectorException.configuration("404: no such thing"));
    var reading = family.reading(cap);

    assertThatThrownBy(() -> reading.invoke(NOW)).hasMessage("a: 404: no such thing");
    assertThat(reading.records())
        .containsExactly("{\"id\":\"c0\"}", "{\"id\":\"c1\"}", "{\"id\":\"c2\"}");

    family.failures.clear();
    reading.invoke(LATER);
    assertThat(reading.records()).containsExactlyInAnyOrderElementsOf(family.all());
  }

  @Test
  void failureThatPassesEndsTheReadAndKeepsWhatWasRead() {
    Family family = abc();
    Instant resume = NOW.plus(Duration.ofMinutes(30));
    family.failures.put("c", ConnectorException.rateLimited("429", resume));
    var reading = family.reading(100);

    assertThatThrownBy(() -> reading.invoke(NOW))
        .isInstanceOfSatisfying(
            ConnectorException.class, e -> assertThat(e.resumeAt()).contains(resume));
    assertThat(reading.records()).hasSize(5);

    family.failures.clear();
    reading.invoke(LATER);
    assertThat(reading.records()).containsExactlyElementsOf(family.all());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 100})
  void parentWhoseFailureNeverPassesDoesNotKeepTheOthersFromBeingRead(int cap) {
    Family family = abc();
    family.failures.put("a", ConnectorException.transientFailure("502"));
    var reading = family.reading(cap);

    assertThatThrownBy(() -> reading.invoke(NOW)).hasMessage("a: 502");
    assertThat(reading.records())
        .containsExactly("{\"id\":\"c0\"}", "{\"id\":\"c1\"}", "{\"id\":\"c2\"}");

    family.failures.clear();
    reading.invoke(LATER);
    assertThat(reading.records()).containsExactlyInAnyOrderElementsOf(family.all());
  }

  @Test
  void sourceThatIsDownIsNotAskedForEveryParent() {
    var family = new Family();
    for (int i = 100; i < 600; i++) {
      family.with("p" + i, 1);
      family.failures.put("p" + i, ConnectorException.transientFailure("502"));
    }
    var reading = family.reading(100);

    assertThatThrownBy(() -> reading.invoke(NOW)).hasMessageEndingWith(": 502");
    assertThat(family.asked).hasSizeLessThan(10);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatAFailedReadHasEmittedDoesNotComeTwice(boolean passes) {
    Family family = abc().with("b", 2);
    family.lateFailures.put(
        "b",
        passes
            ? ConnectorException.rateLimited("429", LATER)
            : ConnectorException.configuration("404"));
    var reading = family.reading(100);

    assertThatThrownBy(() -> reading.invoke(NOW)).hasMessageStartingWith("b: 4");
    family.with("a", 6).with("b", 5);
    assertThatThrownBy(() -> reading.invoke(NOW.plusSeconds(60))).hasMessageStartingWith("b: 4");
    family.lateFailures.clear();
    reading.invoke(LATER);

    assertThat(reading.records()).containsExactlyInAnyOrderElementsOf(family.all());
  }

  /** An earlier release has kept what a failed read emitted, and its fingerprints. */
  @Test
  void whatAnEarlierReleaseHasDeliveredEarlyDoesNotComeTwice() {
    Family family = new Family().with("a", 1).with("b", 3);
    String early = Fingerprints.of(SourceRecord.of("{\"id\":\"b0\"}"), List.of());
    var records = new ArrayList<String>();

    Offset at =
        Offset.parse(
            "{\"parents\":{\"a\":{\"read\":1}},\"early\":{\"b\":[\"%s\"]}}".formatted(early));
    for (int i = 0; i < 10; i++) {
      at = family.read(Reading.context(LATER), at, upTo(1, records));
    }

    assertThat(records).containsExactly("{\"id\":\"b1\"}", "{\"id\":\"b2\"}");
    assertThat(at.json()).doesNotContain("early");
  }

  /** What it emits before each failure cannot be kept, and must not be in a batch of the others. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 100})
  void parentThatFailsBehindItsFirstRecordsKeepsTheOthersGoingWithoutThem(int cap) {
    Family family = new Family().with("a", 2).with("b", 4).with("c", 3).with("d", 1);
    family.lateFailures.put("b", ConnectorException.configuration("403"));
    var reading = family.reading(cap);

    for (int run = 0; run < 3; run++) {
      Instant startedAt = NOW.plusSeconds(60L * run);
      assertThatThrownBy(() -> reading.invoke(startedAt)).hasMessage("b: 403");
    }
    assertThat(reading.records())
        .hasSize(6)
        .doesNotHaveDuplicates()
        .noneMatch(record -> record.contains("b"));
    family.lateFailures.clear();
    reading.invoke(LATER);

    assertThat(reading.records()).containsExactlyInAnyOrderElementsOf(family.all());
  }

  @Test
  void parentThatFailsIsAskedOnceMoreWhenTheOthersAreRead() {
    Family family = abc();
    family.failures.put("a", ConnectorException.configuration("404"));
    var reading = family.reading(100);

    assertThatThrownBy(() -> reading.invoke(NOW)).hasMessage("a: 404");

    assertThat(family.asked.stream().filter("a"::equals)).hasSize(2);
    assertThat(family.asked.stream().filter("b"::equals)).hasSize(1);
  }

  @Test
  void parentIsKnownByItsIdWhateverItsName() {
    Family family = new Family().with("1", 3).with("2", 2);
    var names = new HashMap<>(Map.of("1", "first", "2", "second"));
    var reading =
        new Reading(
            (context, start, out) ->
                PerParent.of(
                        context,
                        () ->
                            names.entrySet().stream()
                                .map(entry -> new Parent(entry.getKey(), entry.getValue()))
                                .toList(),
                        family::read)
                    .read(start, out),
            2);
    reading.invoke(NOW);
    assertThat(reading.records()).hasSize(5);

    names.put("1", "renamed");
    names.put("3", "first");
    family.with("3", 2).with("1", 4);

    assertThat(reading.invoke(LATER))
        .containsExactlyInAnyOrder("{\"id\":\"30\"}", "{\"id\":\"31\"}", "{\"id\":\"13\"}");
  }

  @Test
  void offsetThatKnowsNamesGoesOnWithIds() {
    Family family = new Family().with("1", 3).with("2", 2);
    Offset old =
        Offset.parse(
            "{\"run\":\"%s\",\"parents\":{\"first\":{\"read\":2},\"second\":{\"read\":2}}}"
                .formatted(NOW));
    var records = new ArrayList<String>();
    var parents =
        PerParent.of(
            Reading.context(LATER),
            () -> List.of(new Parent("1", "first"), new Parent("2", "second")),
            family::read);

    Offset end = parents.read(old, upTo(100, records));

    assertThat(records).containsExactly("{\"id\":\"12\"}");
    assertThat(end.json()).contains("\"1\":{\"read\":3},\"2\":{\"read\":2}");
  }

  /** Of 20,000 parents most bring something: the offset is not made for each of the marks. */
  @Test
  void manyParentsThatMoveInOneMicrobatchCostTimeInProportion() {
    List<Parent> many =
        IntStream.range(0, 20_000).mapToObj(i -> Parent.named("parent-%05d".formatted(i))).toList();
    var evaluated = new AtomicReference<>(Offset.START);
    var count = new int[1];
    RecordEmitter out =
        new RecordEmitter() {
          @Override
          public void emit(SourceRecord record) {
            count[0]++;
          }

          @Override
          public boolean wantsMore() {
            return true;
          }

          @Override
          public void mark(Offset reached) {
            evaluated.set(reached);
          }
        };

    Offset end =
        PerParent.of(
                Reading.context(NOW),
                () -> many,
                (parent, start, to) -> {
                  if (start.isStart()) {
                    to.emit(SourceRecord.of("{}"));
                  }
                  return Offset.of(new Count(1));
                })
            .read(Offset.START, out);

    assertThat(count[0]).isEqualTo(20_000);
    assertThat(evaluated.get().json()).contains("\"at\":\"parent-19999\"");
    assertThat(end.json()).contains("parent-00000", "parent-19999").doesNotContain("\"at\"");
  }

  @Test
  void roundThatTheTimeDoesNotSufficeForGoesOnAlthoughNothingIsNew() {
    Family family = new Family().with("a", 0).with("b", 0).with("c", 2);
    var records = new ArrayList<String>();

    Offset cut = family.read(Reading.context(NOW), Offset.START, upTo(0, records));
    assertThat(family.asked).containsExactly("a");
    family.asked.clear();
    family.read(Reading.context(LATER), cut, upTo(100, records));

    assertThat(family.asked).startsWith("b", "c");
    assertThat(records).containsExactlyElementsOf(family.all());
  }

  @Test
  void roundGoesOnBehindTheParentsThatWereReadBeforeTheRateLimit() {
    Family family = new Family().with("a", 0).with("b", 0).with("c", 1);
    family.failures.put("c", ConnectorException.rateLimited("429", LATER));
    var reading = family.reading(100);

    assertThatThrownBy(() -> reading.invoke(NOW)).hasMessage("c: 429");
    family.failures.clear();
    family.asked.clear();
    reading.invoke(LATER);

    assertThat(family.asked).startsWith("c");
    assertThat(reading.records()).containsExactlyElementsOf(family.all());
  }

  @Test
  void questionWhetherAnythingHasChangedLeavesTimeToRead() {
    Family family = abc();
    var reading = family.reading(100);
    reading.invoke(NOW);
    var now = new AtomicReference<>(LATER);
    InstantSource clock = now::get;
    var context =
        new ConnectorContext(
            Options.NONE,
            LATER,
            Deadline.after(Duration.ofMinutes(10), clock),
            clock,
            RequestListener.NONE);
    List<String> asked = new ArrayList<>();
    var parents =
        PerParent.of(context, () -> List.of(Parent.named("a"), Parent.named("c")), family::read);

    boolean unchanged =
        parents.isUnchanged(
            reading.offset(),
            (parent, offset) -> {
              asked.add(parent);
              now.set(now.get().plus(Duration.ofMinutes(6)));
              return true;
            });

    assertThat(asked).containsExactly("a");
    assertThat(unchanged).isFalse();
  }
}
