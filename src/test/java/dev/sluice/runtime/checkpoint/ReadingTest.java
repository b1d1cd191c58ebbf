package dev.sluice.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorProvider;
import dev.sluice.spi.Namespace;
import dev.sluice.spi.Option;
import dev.sluice.spi.Options;
import dev.sluice.spi.SourceConnector;
import dev.sluice.spi.Table;
import dev.sluice.spi.TableSpec;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadingTest {

  /** What a release declares for the table "books". */
  private record Shop(List<Option<?>> connectionOptions, List<Option<?>> options)
      implements ConnectorProvider {
    static final Option<?> TOKEN = Option.secret("token", "A token").addressing();
    static final Option<?> BASE_URL = Option.url("base_url", "The server").addressing();
    static final Option<?> SHOPS = Option.names("shops", "The shops").addressing();
    static final Option<?> STATE =
        Option.oneOf("state", "Only these", "all", "new").withDefault("all").selecting();
    static final Option<?> SINCE = Option.timestamp("since", "The first").selecting();
    static final Option<?> PAGE = Option.number("page_size", "How many", 1, 9).pacing();
    static final Option<?> COLUMNS = Option.text("columns", "Which").shaping();
    static final Option<?> SPAN =
        Option.span("span_seconds", "How long").withDefault(Duration.ofMinutes(1)).selecting();

    Shop(Option<?>... options) {
      this(List.of(TOKEN, BASE_URL), List.of(options));
    }

    @Override
    public String name() {
      return "shop";
    }

    @Override
    public String description() {
      return "Books";
    }

    @Override
    public List<TableSpec> tables() {
      return List.of(TableSpec.toldBySource("books").takes(options));
    }

    @Override
    public SourceConnector create(ConnectorContext context) {
      throw new UnsupportedOperationException();
    }
  }

  private static final Shop SHOP =
      new Shop(Shop.SHOPS, Shop.STATE, Shop.SINCE, Shop.PAGE, Shop.COLUMNS);

  private static Options options(String... pairs) {
    var options = Options.NONE;
    for (int i = 0; i < pairs.length; i += 2) {
      options = options.with(pairs[i], pairs[i + 1]);
    }
    return options;
  }

  private static Reading reading(String... pairs) {
    return reading(SHOP, pairs);
  }

  private static Reading reading(Shop shop, String... pairs) {
    return Reading.of(
        shop,
        options("token", "hunter2", "base_url", "https://shop.example"),
        Table.named("books").with(options(pairs)));
  }

  @Test
  void readingIsTextForPeopleWithoutSecrets() {
    Reading reading = reading("shops", "b, a", "page_size", "3");

    assertThat(reading)
        .hasToString(
            "connector shop, table books, base_url https://shop.example, shops a,b, state all");
    assertThat(reading.json())
        .isEqualTo(
            "{\"connector\":\"shop\",\"table\":\"books\",\"options\":{\"base_url\":\"https://shop.example\",\"shops\":[\"a\",\"b\"]},\"defaults\":{\"state\":\"all\"}}");
    assertThat(Reading.parse(reading.json())).isEqualTo(reading);
  }

  @Test
  void sameValueIsTheSameReadingHoweverItIsWritten() {
    assertThat(reading("state", "all", "since", "2026-01-01T01:00:00+01:00", "shops", "b,a"))
        .isEqualTo(reading("since", "2026-01-01T00:00:00Z", "shops", "a, b ,a"));
    assertThat(
            Reading.of(
                SHOP, options("base_url", "HTTPS://Shop.Example:443/"), Table.named("books")))
        .isEqualTo(
            Reading.of(SHOP, options("base_url", "https://shop.example"), Table.named("books")));
  }

  @Test
  void whatPacesOrShapesIsNoPartOfIt() {
    assertThat(reading("page_size", "1", "columns", "x")).isEqualTo(reading("page_size", "9"));
  }

  @Test
  void otherChoiceIsAnotherReading() {
    Reading saved = reading("since", "2026-01-01T00:00:00Z", "shops", "a");

    assertThat(reading("since", "2026-02-01T00:00:00Z", "shops", "a").differencesFrom(saved))
        .containsExactly("since was '2026-01-01T00:00:00Z' and is '2026-02-01T00:00:00Z'");
    assertThat(reading("shops", "a").differencesFrom(saved))
        .containsExactly("since was '2026-01-01T00:00:00Z' and is not set");
    assertThat(saved.differencesFrom(reading("shops", "a")))
        .containsExactly("since was not set and is '2026-01-01T00:00:00Z'");
    assertThat(
            reading("since", "2026-01-01T00:00:00Z", "shops", "a", "state", "new")
                .differencesFrom(saved))
        .containsExactly("state was 'all' and is 'new'");
  }

  @Test
  void otherServerTableOrNamespaceIsAnotherReading() {
    var here = options("base_url", "https://one.example");
    Reading saved = Reading.of(SHOP, here, Table.named("books"));

    assertThat(
            Reading.of(SHOP, options("base_url", "https://two.example"), Table.named("books"))
                .differencesFrom(saved))
        .containsExactly("base_url was 'https://one.example' and is 'https://two.example'");
    assertThat(Reading.of(SHOP, here, Table.named("prints")).differencesFrom(saved))
        .contains("table was 'books' and is 'prints'");
    assertThat(
            Reading.of(SHOP, here, Table.named("books").in(Namespace.of("x", "y")))
                .differencesFrom(saved))
        .containsExactly("namespace was not set and is 'x/y'");
  }

  @Test
  void addedNameIsNoChangeAndARemovedOneIs() {
    Reading saved = reading("shops", "a, b*, !bad");

    assertThat(reading("shops", "c, b*, a, !bad").differencesFrom(saved)).isEmpty();
    assertThat(reading("shops", "a, b*").differencesFrom(saved)).isEmpty();
    assertThat(reading("shops", "a, !bad").differencesFrom(saved)).hasSize(1);
    assertThat(reading("shops", "a, b*, !bad, !a").differencesFrom(saved)).hasSize(1);
  }

  @Test
  void optionThatAReleaseAddsOrDropsIsNoChangeAtItsDefault() {
    var before = new Shop(Shop.SINCE);
    var after = new Shop(Shop.SINCE, Shop.SPAN);

    assertThat(reading(after).differencesFrom(reading(before))).isEmpty();
    assertThat(reading(before).differencesFrom(reading(after))).isEmpty();
    assertThat(reading(after, "span_seconds", "60").differencesFrom(reading(before))).isEmpty();
    assertThat(reading(after, "span_seconds", "5").differencesFrom(reading(before))).hasSize(1);
    assertThat(reading(before).differencesFrom(reading(after, "span_seconds", "5"))).hasSize(1);
  }

  @Test
  void defaultThatAReleaseChangesIsAChange() {
    var other =
        new Shop(Option.oneOf("state", "Only these", "all", "new").withDefault("new").selecting());

    assertThat(reading(other).differencesFrom(reading())).hasSize(1);
    assertThat(reading(other, "state", "all").differencesFrom(reading())).isEmpty();
  }

  @Test
  void anythingElseIsNoReading() {
    assertThatIllegalArgumentException().isThrownBy(() -> Reading.parse("{"));
    assertThatIllegalArgumentException().isThrownBy(() -> Reading.parse("{\"table\":\"books\"}"));
  }
}
