package dev.sluice.compat;

import dev.sluice.compat.Source.Answer;
import dev.sluice.compat.Source.Call;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The API of HubSpot: lists in the order of ids, searches, and what is archived. */
final class HubSpotApi implements Source.Api {
  private static final int MOST_PER_PAGE = 3;
  private static final Pattern OBJECTS = Pattern.compile("/crm/objects/[^/]+/([a-z]+)(/search)?");
  private static final Pattern FILTER =
      Pattern.compile("\"operator\":\"([A-Z]+)\",\"value\":\"(\\d+)\"");

  private final Map<String, List<Item>> live = new TreeMap<>();
  private final Map<String, List<Item>> archived = new TreeMap<>();

  HubSpotApi with(String type, List<Item> items) {
    live.put(type, items);
    return this;
  }

  HubSpotApi withArchived(String type, List<Item> items) {
    archived.put(type, items);
    return this;
  }

  @Override
  public Answer answer(Call call) {
    Matcher objects = OBJECTS.matcher(call.path());
    if (call.path().startsWith("/crm/properties/")) {
      return Answer.json(
          "{\"results\":[{\"name\":\"revision\",\"type\":\"string\"},{\"name\":\"lastmodifieddate\",\"type\":\"datetime\"},{\"name\":\"hs_lastmodifieddate\",\"type\":\"datetime\"}]}");
    }
    if (!objects.matches()) {
      return Answer.notFound();
    }
    String type = objects.group(1);
    boolean isArchived = call.parameter("archived").stream().anyMatch("true"::equals);
    List<Item> all = (isArchived ? archived : live).getOrDefault(type, List.of());
    List<Item> found =
        all.stream()
            .filter(matching(call.body()))
            .filter(
                item ->
                    call.parameter("after").stream()
                        .allMatch(after -> id(item) > Long.parseLong(after)))
            .sorted(Comparator.comparingLong(HubSpotApi::id))
            .toList();
    List<Item> page = found.stream().limit(MOST_PER_PAGE).toList();
    String next =
        found.size() > page.size()
            ? ",\"paging\":{\"next\":{\"after\":\"%s\"}}".formatted(page.getLast().key())
            : "";
    return Answer.json(
        page.stream()
            .map(item -> record(item, isArchived))
            .collect(Collectors.joining(",", "{\"results\":[", "]" + next + "}")));
  }

  private static Predicate<Item> matching(String search) {
    Predicate<Item> all = item -> true;
    Matcher filter = FILTER.matcher(search);
    while (filter.find()) {
      long value = Long.parseLong(filter.group(2));
      all =
          all.and(
              switch (filter.group(1)) {
                case "GTE" -> item -> item.at().toEpochMilli() >= value;
                case "LT" -> item -> item.at().toEpochMilli() < value;
                default -> item -> id(item) > value;
              });
    }
    return all;
  }

  private static long id(Item item) {
    return Long.parseLong(item.key());
  }

  private static String record(Item item, boolean isArchived) {
    // what was changed before does not tell when it was archived
    Instant updated = isArchived && item.revision() == 0 ? item.at().minusSeconds(600) : item.at();
    String archivedAt =
        Optional.of(item.at())
            .filter(at -> isArchived)
            .map(at -> ",\"archivedAt\":\"%s\"".formatted(at))
            .orElse("");
    return "{\"id\":\"%s\",\"createdAt\":\"%s\",\"updatedAt\":\"%s\",\"archived\":%s%s,\"properties\":{\"revision\":\"%d\",\"lastmodifieddate\":\"%s\",\"hs_lastmodifieddate\":\"%s\"}}"
        .formatted(
            item.key(),
            Item.FIRST,
            updated,
            isArchived,
            archivedAt,
            item.revision(),
            updated,
            updated);
  }
}
