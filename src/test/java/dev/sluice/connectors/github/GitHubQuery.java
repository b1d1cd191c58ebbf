package dev.sluice.connectors.github;

import dev.sluice.connectors.github.StoredRecords.Item;
import dev.sluice.testkit.Call;
import dev.sluice.testkit.Reply;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The parameters of a request as GitHub reads them, and the order that they ask for. */
record GitHubQuery(Call call) {

  /** Of the records of a list, the page that the request asks for. */
  Reply page(StoredRecords records, List<Item> matching) {
    return paged(records, matching).reply(call);
  }

  PagedList paged(StoredRecords records, List<Item> matching) {
    int perPage = Math.min(positive("per_page").orElse(30), records.mostPerPage());
    return new PagedList(matching, perPage, positive("page").orElse(1));
  }

  /** What is no positive number counts as not given. */
  private Optional<Integer> positive(String parameter) {
    return call.query(parameter)
        .filter(text -> text.matches("\\d{1,9}"))
        .map(Integer::valueOf)
        .filter(number -> number > 0);
  }

  Optional<String> oneOf(String parameter, String... values) {
    Optional<String> value = call.query(parameter);
    if (value.isPresent() && !List.of(values).contains(value.get())) {
      throw GitHubRefusal.invalid(parameter);
    }
    return value;
  }

  /** To the second: what the source does not store, it does not compare. */
  Optional<Instant> instant(String parameter) {
    try {
      return call.query(parameter)
          .map(text -> Instant.ofEpochSecond(OffsetDateTime.parse(text).toEpochSecond()));
    } catch (DateTimeException e) {
      throw GitHubRefusal.invalid(parameter);
    }
  }

  /** By the parameter {@code direction}. */
  Comparator<Item> directed(Comparator<Item> order, String otherwise) {
    return oneOf("direction", "asc", "desc").orElse(otherwise).equals("asc")
        ? order
        : order.reversed();
  }

  /** Text sorts as time does: all timestamps have one form. */
  static Comparator<Item> by(String pointer) {
    return Comparator.comparing(item -> item.text(pointer));
  }

  static Comparator<Item> byNumber(String pointer) {
    return Comparator.comparingLong(item -> item.tree().at(pointer).asLong());
  }

  static boolean isBefore(Item item, String pointer, Instant bound) {
    return item.text(pointer).compareTo(bound.toString()) < 0;
  }

  static boolean isAfter(Item item, String pointer, Instant bound) {
    return item.text(pointer).compareTo(bound.toString()) > 0;
  }
}
