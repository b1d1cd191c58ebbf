package dev.sluice.compat;

import dev.sluice.compat.Source.Answer;
import dev.sluice.compat.Source.Call;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The API of GitHub: pages that are linked by a header, tags, histories of commits. */
final class GitHubApi implements Source.Api {
  private static final int MOST_PER_PAGE = 3;

  private final Map<String, List<Item>> lists = new TreeMap<>();

  /** Puts a list behind a path such as {@code acme/alpha/issues} or {@code user/orgs}. */
  GitHubApi with(String path, List<Item> items) {
    lists.put(path, List.copyOf(items));
    return this;
  }

  @Override
  public Answer answer(Call call) {
    String path = call.path().replaceFirst("^/(repos/)?", "");
    if (path.contains("/compare/")) {
      return compared(path, call);
    }
    List<Item> all = lists.getOrDefault(path, List.of());
    if (path.endsWith("/commits")) {
      List<Item> history = new ArrayList<>(until(call.parameter("sha").orElse(""), all));
      Collections.reverse(history);
      all = history;
    } else {
      all =
          call.parameter("direction").stream().anyMatch("desc"::equals)
              ? Item.newestFirst(all)
              : Item.byTime(all);
    }
    List<Item> found =
        all.stream()
            .filter(
                item ->
                    call.parameter("since").stream()
                        .allMatch(at -> !item.at().isBefore(Instant.parse(at))))
            .filter(
                item ->
                    call.parameter("until").stream()
                        .allMatch(at -> !item.at().isAfter(Instant.parse(at))))
            .toList();
    int size = Math.min(MOST_PER_PAGE, call.number("per_page", MOST_PER_PAGE));
    int pages = Math.max(1, (found.size() + size - 1) / size);
    int page = call.number("page", 1);
    String body =
        page(found, page, size).stream()
            .map(item -> record(path, item))
            .collect(Collectors.joining(",", "[", "]"));
    String tag = "W/\"%08x\"".formatted(body.hashCode());
    if (tag.equals(call.headers().get("if-none-match"))) {
      return new Answer(304, Map.of("ETag", tag), "");
    }
    Answer answer = Answer.json(body).with("ETag", tag);
    return page < pages
        ? answer.with(
            "Link",
            "%s; rel=\"next\", %s; rel=\"last\"".formatted(link(call, page + 1), link(call, pages)))
        : answer;
  }

  /** A history up to a commit; all of it when the name is a branch's. */
  private static List<Item> until(String sha, List<Item> history) {
    List<String> keys = history.stream().map(Item::key).toList();
    return keys.contains(sha) ? history.subList(0, keys.indexOf(sha) + 1) : history;
  }

  private Answer compared(String path, Call call) {
    String[] parts = path.split("/compare/|\\.\\.\\.", -1);
    List<Item> history = lists.getOrDefault(parts[0] + "/commits", List.of());
    List<Item> added =
        until(parts[2], history)
            .subList(until(parts[1], history).size(), until(parts[2], history).size());
    return Answer.json(
        page(
                added,
                call.number("page", 1),
                Math.min(MOST_PER_PAGE, call.number("per_page", MOST_PER_PAGE)))
            .stream()
            .map(item -> record("/commits", item))
            .collect(Collectors.joining(",", "{\"commits\":[", "]}")));
  }

  private static List<Item> page(List<Item> items, int page, int size) {
    return items.stream().skip((page - 1L) * size).limit(size).toList();
  }

  private static String link(Call call, int page) {
    var query = new TreeMap<>(call.query());
    query.put("page", Integer.toString(page));
    return query.entrySet().stream()
        .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
        .collect(Collectors.joining("&", "<" + call.base() + call.path() + "?", ">"));
  }

  private static String record(String path, Item item) {
    if (path.endsWith("/commits")) {
      return "{\"sha\":\"%s\",\"commit\":{\"committer\":{\"date\":\"%s\"}}}"
          .formatted(item.key(), item.at());
    }
    if (path.endsWith("/branches")) {
      return "{\"name\":\"%s\"}".formatted(item.key());
    }
    return "{\"id\":%s,\"number\":%s,\"updated_at\":\"%s\",\"revision\":%d}"
        .formatted(item.key(), item.key(), item.at(), item.revision());
  }
}
