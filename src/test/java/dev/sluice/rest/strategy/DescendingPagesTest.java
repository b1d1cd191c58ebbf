package dev.sluice.rest.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rest.http.Request;
import dev.sluice.rest.page.Listing;
import dev.sluice.rest.walk.TimeCursor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DescendingPagesTest {

  @Test
  void pageThatHoldsOnlyNewRecordsDoesNotHideWhereTheWayDownHasCome() {
    var list = new ShiftingList(2);
    list.newestFirst();
    IntStream.range(0, 60).forEach(id -> list.put(id, id));
    list.put(100, 900);
    var descent = descent(list);
    Listing listing = ShiftingList.listing();
    Request second = descent.page(listing, listing.request()).next().orElseThrow();
    IntStream.range(101, 120).forEach(id -> list.put(id, 901));

    assertThat(descent.page(listing, second).records()).isEmpty();
    assertThat(descent.oldest()).contains(ShiftingList.BASE.plusSeconds(59));
  }

  @Test
  void wayThatBeginsAnewHasComeNowhereYet() {
    var list = new ShiftingList(2);
    list.newestFirst();
    IntStream.range(0, 60).forEach(id -> list.put(id, id));
    var descent = descent(list);
    Listing listing = ShiftingList.listing();
    descent.page(listing, listing.request());
    IntStream.range(100, 120).forEach(id -> list.put(id, 900));

    assertThat(descent.page(listing, listing.request()).records()).isEmpty();
    assertThat(descent.oldest()).isEmpty();
  }

  private static DescendingPages descent(ShiftingList list) {
    return new DescendingPages(
        list,
        TimeCursor.on("at").identifiedBy(List.of("id")),
        Optional.empty(),
        Optional.empty(),
        ShiftingList.BASE.plus(Duration.ofHours(2)),
        Optional.empty());
  }
}
