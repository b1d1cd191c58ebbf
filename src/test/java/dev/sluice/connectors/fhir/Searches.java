package dev.sluice.connectors.fhir;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.testkit.Call;
import dev.sluice.testkit.Reply;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Searches of a server, and the pages of their results. */
final class Searches {
  private static final Comparator<ResourceVersion> BY_TIME =
      Comparator.comparing(ResourceVersion::at).thenComparing(ResourceVersion::id);

  /** A search whose result lies ready. */
  private record Result(ResourceStore store, List<String> ids) {}

  private final ServerStyle style;
  private final Map<String, Result> results = new ConcurrentHashMap<>();
  private final Map<String, String> reusable = new ConcurrentHashMap<>();
  private volatile Optional<ObjectNode> outcome = Optional.empty();
  private volatile boolean sorts;
  private volatile boolean leadsOn = true;

  Searches(ServerStyle style) {
    this.style = style;
    this.sorts = style.sorts();
    if (style == ServerStyle.PLAIN) {
      outcome = Optional.of(Bundles.outcome("warning", "_sort is not supported and was ignored"));
    }
  }

  /** From now on this comes along with every page. */
  void outcome(ObjectNode outcome) {
    this.outcome = Optional.of(outcome);
  }

  /** From now on as its resources come to it. */
  void sortNoLonger() {
    sorts = false;
  }

  /** From now on its pages have no link to more, whatever their total says. */
  void leadOnNoLonger() {
    leadsOn = false;
  }

  /** Links to pages of the searches so far lead nowhere. */
  void expire() {
    results.clear();
    reusable.clear();
  }

  static int size(ResourceStore store, Call call) {
    return Math.min(call.query("_count").map(Integer::parseInt).orElse(20), store.mostPerPage());
  }

  Reply search(URI base, ResourceStore store, Call call) {
    return style.isNumbered() ? numbered(base, store, call) : stored(base, store, call);
  }

  private Reply stored(URI base, ResourceStore store, Call call) {
    String search = call.path() + call.queryString() + store.mostPerPage();
    boolean fresh = call.header("cache-control").map(v -> v.contains("no-cache")).orElse(false);
    String id =
        fresh ? add(store, call) : reusable.computeIfAbsent(search, ignored -> add(store, call));
    return page(base, id, 0, size(store, call));
  }

  private String add(ResourceStore store, Call call) {
    String id = "search-" + results.size();
    results.put(
        id, new Result(store, found(store, call).stream().map(ResourceVersion::id).toList()));
    return id;
  }

  private List<ResourceVersion> found(ResourceStore store, Call call) {
    List<String> bounds = call.queries("_lastUpdated");
    var found =
        store.current().values().stream()
            .filter(version -> bounds.stream().allMatch(bound -> isWithin(version.at(), bound)));
    return switch (sorts ? call.query("_sort").orElse("") : "") {
      case "_lastUpdated" -> found.sorted(BY_TIME).toList();
      case "-_lastUpdated" -> found.sorted(BY_TIME.reversed()).toList();
      default -> found.toList();
    };
  }

  private boolean isWithin(Instant at, String bound) {
    int compared = rounded(at).compareTo(rounded(Instant.parse(bound.substring(2))));
    return switch (bound.substring(0, 2)) {
      case "ge" -> compared >= 0;
      case "gt" -> compared > 0;
      case "lt" -> compared < 0;
      default -> throw new IllegalArgumentException("No such prefix: " + bound);
    };
  }

  private Instant rounded(Instant value) {
    return style == ServerStyle.PLAIN ? value.truncatedTo(ChronoUnit.SECONDS) : value;
  }

  Reply page(URI base, Call call) {
    String id = call.query("_getpages").orElse("");
    int offset = call.query("_getpagesoffset").map(Integer::parseInt).orElse(0);
    return results.containsKey(id)
        ? page(base, id, offset, call.query("_count").map(Integer::parseInt).orElse(20))
        : Bundles.outcome(410, "error", "Search ID \"" + id + "\" may have expired");
  }

  private Reply page(URI base, String id, int offset, int size) {
    Result result = java.util.Objects.requireNonNull(results.get(id));
    Map<String, ResourceVersion> current = result.store().current();
    ObjectNode bundle = Bundles.bundle("searchset", base);
    int end = Math.min(result.ids().size(), offset + size);
    if (end < result.ids().size()) {
      Bundles.link(
          bundle,
          "next",
          "%s?_getpages=%s&_getpagesoffset=%d&_count=%d&_bundletype=searchset"
              .formatted(base, id, end, size));
    }
    for (String resource : result.ids().subList(Math.min(offset, end), end)) {
      ResourceVersion version = current.get(resource);
      if (version != null) {
        Bundles.match(bundle, base, version, "match");
      }
    }
    addOutcome(bundle);
    return Bundles.reply(200, bundle);
  }

  private Reply numbered(URI base, ResourceStore store, Call call) {
    List<ResourceVersion> found = found(store, call);
    int number = call.query("_page").map(Integer::parseInt).orElse(1);
    int size = size(store, call);
    int begin = Math.min(found.size(), (number - 1) * size);
    int end = Math.min(found.size(), begin + size);
    ObjectNode bundle = Bundles.bundle("searchset", base);
    bundle.put("total", found.size());
    found.subList(begin, end).forEach(version -> Bundles.match(bundle, base, version, "match"));
    var organization = Resources.MAPPER.createObjectNode();
    organization.put("resourceType", "Organization").put("id", "o1");
    Bundles.match(
        bundle,
        base,
        new ResourceVersion("o1", 1, Instant.EPOCH, Optional.of(organization)),
        "include");
    addOutcome(bundle);
    if (end < found.size() && leadsOn) {
      String bounds =
          String.join(
              "", call.queries("_lastUpdated").stream().map("&_lastUpdated="::concat).toList());
      String sort = call.query("_sort").map(value -> "&_sort=" + value).orElse("");
      Bundles.link(
          bundle,
          "next",
          "/%s/%s?_count=%d%s%s&_page=%d"
              .formatted(
                  base.getPath().substring(1), store.type(), size, bounds, sort, number + 1));
    }
    return Bundles.reply(200, bundle);
  }

  private void addOutcome(ObjectNode bundle) {
    outcome.ifPresent(
        said -> {
          ObjectNode entry = Bundles.entry(bundle);
          entry.set("resource", said);
          entry.putObject("search").put("mode", "outcome");
        });
  }
}
