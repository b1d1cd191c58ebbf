package dev.sluice.compat;

import dev.sluice.compat.Source.Answer;
import dev.sluice.compat.Source.Call;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The API of the example connector: pages that are counted, bounds that compare as texts. */
final class ExampleApi implements Source.Api {
  private static final int PAGE_SIZE = 3;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx").withZone(ZoneOffset.UTC);

  private final Map<String, List<Item>> lists = new TreeMap<>();
  private int pageSize = PAGE_SIZE;

  /** Puts a list behind a path such as {@code users/records}. */
  ExampleApi with(String path, List<Item> items) {
    lists.put(path, List.copyOf(items));
    return this;
  }

  ExampleApi pagesOf(int records) {
    pageSize = records;
    return this;
  }

  @Override
  public Answer answer(Call call) {
    String path = call.path().replaceFirst("^/tables/", "");
    String table = path.replaceFirst("/.*", "");
    if (path.endsWith("/schema")) {
      return Answer.json(
          "{\"schema\":[{\"name\":\"%s\",\"type\":\"string\",\"nullable\":false},{\"name\":\"%s\",\"type\":\"timestamp\"},{\"name\":\"revision\",\"type\":\"integer\"}]}"
              .formatted(key(table), cursor(table)));
    }
    if (!lists.containsKey(path)) {
      return Answer.notFound();
    }
    List<Item> found =
        Item.byTime(lists.get(path)).stream()
            .filter(
                item ->
                    call.parameter("since").stream()
                        .allMatch(at -> text(item.at()).compareTo(at) > 0))
            .filter(
                item ->
                    call.parameter("until").stream()
                        .allMatch(at -> text(item.at()).compareTo(at) <= 0))
            .toList();
    int size = call.number("limit", pageSize);
    int page = call.number("page", 1);
    int end = Math.min(found.size(), page * size);
    String records =
        found.subList(Math.min(found.size(), (page - 1) * size), end).stream()
            .map(item -> record(table, item))
            .collect(Collectors.joining(","));
    return Answer.json(
        "{\"records\":[%s],\"next_page\":%s}"
            .formatted(records, end < found.size() ? page + 1 : "null"));
  }

  private static String record(String table, Item item) {
    return "{\"%s\":\"%s\",\"%s\":\"%s\",\"revision\":%d}"
        .formatted(key(table), item.key(), cursor(table), text(item.at()), item.revision());
  }

  private static String text(Instant at) {
    return TIME.format(at);
  }

  private static String key(String table) {
    return table.substring(0, table.length() - 1) + "_id";
  }

  private static String cursor(String table) {
    return table.equals("events") ? "created_at" : "updated_at";
  }
}
