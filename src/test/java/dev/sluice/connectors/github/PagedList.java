package dev.sluice.connectors.github;

import dev.sluice.connectors.github.StoredRecords.Item;
import dev.sluice.testkit.Call;
import dev.sluice.testkit.Reply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** One page of a list, with links to the others. */
record PagedList(List<Item> items, int perPage, int page) {

  Reply reply(Call call) {
    return reply(call, array -> array);
  }

  /** With the page inside of something else. */
  Reply reply(Call call, UnaryOperator<String> body) {
    int from = (int) Math.min(items.size(), (page - 1L) * perPage);
    int to = Math.min(items.size(), from + perPage);
    List<String> records =
        items.subList(from, to).stream().map(item -> item.record().json()).toList();
    Reply reply = Reply.json(200, body.apply("[" + String.join(",", records) + "]"));
    String links = links(call);
    return links.isEmpty() ? reply : reply.with("Link", links);
  }

  private String links(Call call) {
    int last = Math.max(1, (items.size() + perPage - 1) / perPage);
    List<String> links = new ArrayList<>();
    if (page > 1) {
      links.add(link(call, Math.min(page - 1, last), "prev"));
    }
    if (page < last) {
      links.add(link(call, page + 1, "next"));
      links.add(link(call, last, "last"));
    }
    if (page > 1) {
      links.add(link(call, 1, "first"));
    }
    return String.join(", ", links);
  }

  private static String link(Call call, int page, String relation) {
    Map<String, String> query = new LinkedHashMap<>(call.query());
    query.remove("page");
    query.put("page", String.valueOf(page));
    Call target = new Call(call.method(), call.baseUrl(), call.path(), query, call.headers(), "");
    return "<%s%s%s>; rel=\"%s\""
        .formatted(call.baseUrl(), call.path(), target.queryString(), relation);
  }
}
