package dev.sluice.rest.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.rest.http.Request;
import dev.sluice.rest.page.Listing;
import dev.sluice.rest.page.Page;
import dev.sluice.spi.SourceRecord;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FollowedPagesTest {
  private static final List<SourceRecord> ONE = List.of(SourceRecord.of("{\"id\":1}"));

  private final FollowedPages pages = new FollowedPages(Listing.of(Request.get("items")));

  private static Request page(int number) {
    return Request.get("items").with("page", "" + number);
  }

  private static Page leadingTo(int number, List<SourceRecord> records) {
    return new Page(records, Optional.of(page(number)));
  }

  @Test
  void listThatLeadsInACircleIsRefused() {
    pages.follow(page(1));
    pages.follow(page(2));

    assertThatThrownBy(() -> pages.follow(page(1)))
        .hasMessage("A page of items links to a page that was already read");
  }

  @Test
  void listThatLeadsOnBehindItsEndIsRefused() {
    for (int number = 1; number < 100; number++) {
      assertThat(pages.after(page(number), leadingTo(number + 1, List.of()))).isPresent();
    }

    assertThatThrownBy(() -> pages.after(page(100), leadingTo(101, List.of())))
        .hasMessage("items: 100 pages in a row hold no record and lead on");
  }

  @Test
  void emptyPagesAmongOthersAreNone() {
    for (int number = 1; number < 500; number++) {
      List<SourceRecord> records = number % 99 == 0 ? ONE : List.of();
      assertThat(pages.after(page(number), leadingTo(number + 1, records))).isPresent();
    }
  }

  @Test
  void emptyPageThatLinksToItselfIsTheEnd() {
    assertThat(pages.after(page(7), leadingTo(7, List.of()))).isEmpty();
    assertThat(pages.after(page(7), leadingTo(7, ONE))).isPresent();
  }
}
