package dev.sluice.rest.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.rest.page.Listing;
import dev.sluice.rest.page.Page;
import dev.sluice.rest.walk.Segment;
import dev.sluice.rest.walk.TimeCursor;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DescendingPagesTest {
  private static final Segment.Pass FIRST = new Segment.Pass(1, true);
  private static final Segment.Pass NEXT = new Segment.Pass(1, false);

  @Test
  void pageThatHoldsOnlyNewRecordsDoesNotHideWhereTheWayDownHasCome() {
    var list = new ShiftingList(2);
    list.newestFirst();
    IntStream.range(0, 60).forEach(id -> list.put(id, id));
    list.put(100, 900);
    var descent = descent();
    Listing listing = ShiftingList.listing();
    Page first = descent.inside(list.page(listing, listing.request()), FIRST);
    IntStream.range(101, 120).forEach(id -> list.put(id, 901));

    Page second = descent.inside(list.page(listing, first.next().orElseThrow()), NEXT);

    assertThat(second.records()).isEmpty();
    assertThat(descent.oldest()).contains(ShiftingList.BASE.plusSeconds(59));
  }

  @Test
  void wayThatBeginsAnewHasComeNowhereYet() {
    var list = new ShiftingList(2);
    list.newestFirst();
    IntStream.range(0, 60).forEach(id -> list.put(id, id));
    var descent = descent();
    Listing listing = ShiftingList.listing();
    descent.inside(list.page(listing, listing.request()), FIRST);
    IntStream.range(100, 120).forEach(id -> list.put(id, 900));

    Page again = descent.inside(list.page(listing, listing.request()), new Segment.Pass(2, true));

    assertThat(again.records()).isEmpty();
    assertThat(descent.oldest()).isEmpty();
  }

  private static DescendingPages descent() {
    return new DescendingPages(
        ShiftingList.listing(),
        TimeCursor.on("at").identifiedBy(List.of("id")),
        Optional.empty(),
        Optional.empty(),
        ShiftingList.BASE.plus(Duration.ofHours(2)),
        Optional.empty(),
        Set.of());
  }
}
