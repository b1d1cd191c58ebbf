package dev.sluice.rest.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.rest.http.Request;
import dev.sluice.spi.ConnectorException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A saved page is a place, for whatever size of pages is asked for later. */
class PagePlacesTest {
  private static final Request ITEMS = Request.get("items");

  private static PageRef link(String url) {
    return new PageRef(url, List.of());
  }

  private static Listing linked(int size) {
    return Listing.of(ITEMS).sizedBy("per_page", size).paginated(Pagination.linkHeader("page"));
  }

  /** Page 5 of 30 begins at record 120: no page may begin behind that. */
  @ParameterizedTest
  @CsvSource({"30,5", "60,3", "100,2", "7,18", "1,121", "1000,1"})
  void pageNumberInALinkIsTranslated(int size, int page) {
    PageRef saved = link("https://source/items?a=1&per_page=30&page=5");

    assertThat(saved.in(linked(size)).path())
        .isEqualTo("https://source/items?a=1&per_page=%d&page=%d".formatted(size, page));
  }

  @ParameterizedTest
  @CsvSource({"30,5", "100,2", "7,18"})
  void pageNumberInAParameterIsTranslated(int size, int page) {
    Listing listing =
        Listing.of(ITEMS).sizedBy("limit", size).paginated(Pagination.pageNumber("page"));
    PageRef saved = PageRef.of(ITEMS.with("limit", "30").with("page", "5"));

    assertThat(saved.in(listing)).isEqualTo(ITEMS.with("limit", "" + size).with("page", "" + page));
  }

  @Test
  void numberOfSkippedRecordsAndATokenStay() {
    Listing skipping = Listing.of(ITEMS).paginated(Pagination.offset("skip"));
    Listing tokens = Listing.of(ITEMS).paginated(Pagination.cursorToken("after", "next"));

    assertThat(PageRef.of(ITEMS.with("n", "9").with("skip", "70")).in(skipping.sizedBy("n", 50)))
        .isEqualTo(ITEMS.with("n", "50").with("skip", "70"));
    assertThat(PageRef.of(ITEMS.with("n", "9").with("after", "x")).in(tokens.sizedBy("n", 50)))
        .isEqualTo(ITEMS.with("n", "50").with("after", "x"));
  }

  @Test
  void linkThatMayCountIsAskedForSmallerPagesOnly() {
    PageRef saved = link("https://source/items?at=5&_count=30");
    Listing listing = Listing.of(ITEMS).paginated(Pagination.nextUrl("next"));

    assertThat(saved.in(listing.sizedBy("_count", 10)).path())
        .isEqualTo("https://source/items?at=5&_count=10");
    assertThat(saved.in(listing.sizedBy("_count", 100)).path()).isEqualTo(saved.path());
  }

  @Test
  void halfOfAPageBeginsWhereItDoesAndOneRecordHasNoHalf() {
    Request third = ITEMS.with("per_page", "100").with("page", "3");

    assertThat(linked(100).smaller(third, 50, 100))
        .contains(ITEMS.with("per_page", "50").with("page", "5"));
    assertThat(linked(100).smaller(ITEMS.with("per_page", "1").with("page", "201"), 1, 100))
        .isEmpty();
    assertThat(Listing.of(ITEMS).smaller(ITEMS, 1, 100)).isEmpty();
  }

  /** One that began earlier would be read again by each run, and none would get beyond it. */
  @ParameterizedTest
  @CsvSource({"50,6,50,6", "50,7,100,4", "25,9,100,3", "12,9,12,9", "3,2,3,2"})
  void halvedPageStaysUntilAWholeOneBeginsWhereItDoes(
      int size, int page, int fitting, int pageOfThose) {
    PageRef saved = link("https://source/items?per_page=%d&page=%d".formatted(size, page));

    assertThat(saved.in(linked(100)).path())
        .isEqualTo("https://source/items?per_page=%d&page=%d".formatted(fitting, pageOfThose));
  }

  /** A source may give 60 at most: its third page of "100" begins at record 120. */
  @ParameterizedTest
  @CsvSource({"50,60,3", "25,60,5", "70,60,3", "50,100,5", "50,1000,5"})
  void smallerPageOfASourceThatGivesLessThanItIsAskedForBeginsNoLater(
      int records, int seen, int page) {
    Request third = ITEMS.with("per_page", "100").with("page", "3");

    assertThat(linked(100).smaller(third, records, seen))
        .contains(ITEMS.with("per_page", "" + records).with("page", "" + page));
  }

  @Test
  void pageBeforeAnotherIsKnownWherePagesAreCounted() {
    Listing skipping = Listing.of(ITEMS).sizedBy("n", 20).paginated(Pagination.offset("skip"));
    Listing linking = Listing.of(ITEMS).paginated(Pagination.nextUrl("next"));

    assertThat(linked(9).before(ITEMS.with("page", "3"))).contains(ITEMS.with("page", "2"));
    assertThat(linked(9).before(ITEMS.with("page", "1"))).isEmpty();
    assertThat(skipping.before(ITEMS.with("skip", "50"))).contains(ITEMS.with("skip", "30"));
    assertThat(skipping.before(ITEMS.with("skip", "5"))).contains(ITEMS.with("skip", "0"));
    assertThat(linking.before(ITEMS.with("page", "3"))).isEqualTo(Optional.empty());
  }

  @Test
  void offsetWithoutAPageIsRefused() {
    assertThatThrownBy(() -> new PageRef(null, null).in(linked(9)))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("names no page");
  }
}
