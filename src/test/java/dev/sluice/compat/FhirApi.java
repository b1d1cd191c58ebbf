package dev.sluice.compat;

import dev.sluice.compat.Source.Answer;
import dev.sluice.compat.Source.Call;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The API of a FHIR server: searches whose pages are links, and a history with deletes. */
final class FhirApi implements Source.Api {
  private static final int MOST_PER_PAGE = 3;
  private static final Pattern TYPE = Pattern.compile("/([A-Z][A-Za-z]+)(/_history)?");

  private final Map<String, List<Item>> resources = new TreeMap<>();
  private final Map<String, List<Item>> deletes = new TreeMap<>();
  private int pageSize = MOST_PER_PAGE;

  FhirApi with(String type, List<Item> items) {
    resources.put(type, items);
    return this;
  }

  FhirApi withDeleted(String type, List<Item> items) {
    deletes.put(type, items);
    return this;
  }

  FhirApi pagesOf(int entries) {
    pageSize = entries;
    return this;
  }

  @Override
  public Answer answer(Call call) {
    if (call.path().equals("/metadata")) {
      return Answer.json(
          resources.keySet().stream()
              .map("{\"type\":\"%s\",\"interaction\":[{\"code\":\"history-type\"}]}"::formatted)
              .collect(
                  Collectors.joining(
                      ",",
                      "{\"resourceType\":\"CapabilityStatement\",\"fhirVersion\":\"4.0.1\",\"rest\":[{\"resource\":[",
                      "]}]}")));
    }
    Matcher type = TYPE.matcher(call.path());
    if (!type.matches()) {
      return call.parameter("_getpages")
          .map(search -> goOn(call, search))
          .orElseGet(Answer::notFound);
    }
    String name = type.group(1);
    return type.group(2) == null
        ? search(
            call,
            name,
            call.parameter("_lastUpdated").orElse(""),
            call.parameter("_sort").orElse(""),
            0)
        : history(call, name);
  }

  /** A page of a search that the link names in full, as HAPI's name what they have stored. */
  private Answer goOn(Call call, String search) {
    String[] parts = search.split("_", -1);
    return search(call, parts[0], parts[1], parts[2], call.number("_getpagesoffset", 0));
  }

  private Answer search(Call call, String type, String bound, String sort, int offset) {
    List<Item> all = resources.getOrDefault(type, List.of());
    List<Item> found =
        (sort.startsWith("-") ? Item.newestFirst(all) : Item.byTime(all))
            .stream().filter(item -> isWithin(bound, item.at())).toList();
    String next =
        "%s/?_getpages=%s_%s_%s&_getpagesoffset=%d"
            .formatted(call.base(), type, bound, sort.replace("_", ""), offset + pageSize);
    return bundle(
        found.stream()
            .skip(offset)
            .limit(pageSize)
            .map(item -> "{\"resource\":%s}".formatted(resource(type, item)))
            .toList(),
        Optional.of(next).filter(link -> offset + pageSize < found.size()));
  }

  private static boolean isWithin(String bound, Instant at) {
    if (bound.isEmpty()) {
      return true;
    }
    Instant value = Instant.parse(bound.substring(2));
    return bound.startsWith("ge") ? !at.isBefore(value) : at.isBefore(value);
  }

  private Answer history(Call call, String type) {
    List<Item> all = new ArrayList<>(resources.getOrDefault(type, List.of()));
    List<Item> gone = deletes.getOrDefault(type, List.of());
    all.addAll(gone);
    List<Item> found =
        Item.newestFirst(all).stream()
            .filter(
                item ->
                    call.parameter("_since").stream()
                        .allMatch(since -> !item.at().isBefore(Instant.parse(since))))
            .toList();
    int offset = call.number("_offset", 0);
    String next =
        "%s%s?_count=%s%s&_offset=%d"
            .formatted(
                call.base(),
                call.path(),
                call.number("_count", 0),
                call.parameter("_since").map(since -> "&_since=" + since).orElse(""),
                offset + pageSize);
    return bundle(
        found.stream()
            .skip(offset)
            .limit(pageSize)
            .map(item -> gone.contains(item) ? deleted(type, item) : changed(type, item))
            .toList(),
        Optional.of(next).filter(link -> offset + pageSize < found.size()));
  }

  private static String resource(String type, Item item) {
    return "{\"resourceType\":\"%s\",\"id\":\"%s\",\"meta\":{\"versionId\":\"%d\",\"lastUpdated\":\"%s\"}}"
        .formatted(type, item.key(), item.revision(), item.at());
  }

  private static String changed(String type, Item item) {
    return "{\"resource\":%s,\"request\":{\"method\":\"PUT\",\"url\":\"%s/%s\"},\"response\":{\"status\":\"200\",\"lastModified\":\"%s\"}}"
        .formatted(resource(type, item), type, item.key(), item.at());
  }

  private static String deleted(String type, Item item) {
    return "{\"request\":{\"method\":\"DELETE\",\"url\":\"%s/%s\"},\"response\":{\"status\":\"204\",\"etag\":\"W/\\\"%d\\\"\",\"lastModified\":\"%s\"}}"
        .formatted(type, item.key(), item.revision(), item.at());
  }

  private static Answer bundle(List<String> entries, Optional<String> next) {
    return Answer.json(
        "{\"resourceType\":\"Bundle\",\"link\":[%s],\"entry\":[%s]}"
            .formatted(
                next.map("{\"relation\":\"next\",\"url\":\"%s\"}"::formatted).orElse(""),
                String.join(",", entries)));
  }
}
