package dev.sluice.connectors.fhir;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.testkit.Call;
import dev.sluice.testkit.Reply;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The RESTful API of a server: its statement, searches, histories, single resources. */
final class FhirApi {
  static final String BASE = "/fhir";

  private static final Pattern INSTANCE = Pattern.compile("/([A-Za-z]+)/([A-Za-z0-9.-]+)");
  private static final Pattern TYPE = Pattern.compile("/([A-Za-z]+)(/_history)?");

  private final ServerStyle style;
  private final Searches searches;
  private final Map<String, ResourceStore> stores = new ConcurrentHashMap<>();
  private volatile String fhirVersion = "4.0.1";

  FhirApi(ServerStyle style) {
    this.style = style;
    this.searches = new Searches(style);
  }

  ResourceStore store(String type) {
    return stores.computeIfAbsent(type, ResourceStore::new);
  }

  /** Its statement tells of this release from now on. */
  void fhirVersion(String version) {
    fhirVersion = version;
  }

  Searches searches() {
    return searches;
  }

  Reply answer(Call call) {
    URI base = URI.create(call.baseUrl() + BASE);
    String path = call.path().substring(Math.min(BASE.length(), call.path().length()));
    if (path.equals("/metadata")) {
      return Bundles.reply(200, statement());
    }
    if (path.isEmpty() && !style.isNumbered()) {
      return searches.page(base, call);
    }
    Matcher type = TYPE.matcher(path);
    if (type.matches()) {
      ResourceStore store = stores.get(type.group(1));
      if (store == null) {
        return Bundles.outcome(404, "error", "Unknown resource type '" + type.group(1) + "'");
      }
      return type.group(2) == null
          ? searches.search(base, store, call)
          : history(base, store, call);
    }
    Matcher instance = INSTANCE.matcher(path);
    return instance.matches()
        ? instance(store(instance.group(1)), instance.group(2))
        : Bundles.outcome(404, "error", "Nothing lies at " + path);
  }

  private ObjectNode statement() {
    ObjectNode statement = Resources.MAPPER.createObjectNode();
    statement.put("resourceType", "CapabilityStatement").put("fhirVersion", fhirVersion);
    ObjectNode rest = statement.putArray("rest").addObject().put("mode", "server");
    stores.forEach(
        (type, store) -> {
          ObjectNode resource = rest.withArrayProperty("resource").addObject().put("type", type);
          resource.withArrayProperty("interaction").addObject().put("code", "search-type");
          if (style.hasHistory()) {
            resource.withArrayProperty("interaction").addObject().put("code", "history-type");
          }
        });
    return statement;
  }

  private static Reply instance(ResourceStore store, String id) {
    Optional<ResourceVersion> last =
        store.history().stream()
            .filter(version -> version.id().equals(id))
            .max(java.util.Comparator.comparingInt(ResourceVersion::number));
    if (last.isEmpty()) {
      return Bundles.outcome(404, "error", "Resource " + store.type() + "/" + id + " is not known");
    }
    return last.get().isDeletion()
        ? Bundles.outcome(410, "error", "Resource was deleted at " + last.get().at())
        : Bundles.reply(200, last.get().content().orElseThrow());
  }

  private Reply history(URI base, ResourceStore store, Call call) {
    if (!style.hasHistory()) {
      return Bundles.outcome(501, "error", "This server has no history");
    }
    List<ResourceVersion> versions =
        store.history().stream().filter(version -> isSince(version, call.query("_since"))).toList();
    int offset = call.query("_offset").map(Integer::parseInt).orElse(0);
    int size = Searches.size(store, call);
    int end = Math.min(versions.size(), offset + size);
    ObjectNode bundle =
        Bundles.bundle("history", URI.create(base + "/" + store.type() + "/_history"));
    versions
        .subList(Math.min(offset, end), end)
        .forEach(version -> entry(bundle, base, store.type(), version));
    if (end < versions.size()) {
      String since = call.query("_since").map(value -> "&_since=" + value).orElse("");
      Bundles.link(
          bundle,
          "next",
          "%s/%s/_history?_count=%d%s&_offset=%d".formatted(base, store.type(), size, since, end));
    }
    return Bundles.reply(200, bundle);
  }

  private static boolean isSince(ResourceVersion version, Optional<String> since) {
    return since.map(value -> !version.at().isBefore(java.time.Instant.parse(value))).orElse(true);
  }

  private void entry(ObjectNode bundle, URI base, String type, ResourceVersion version) {
    String url = type + "/" + version.id();
    String versionUrl = url + "/_history/" + version.number();
    ObjectNode entry = Bundles.entry(bundle).put("fullUrl", base + "/" + url);
    version.content().ifPresent(content -> entry.set("resource", content));
    ObjectNode request = entry.putObject("request");
    ObjectNode response = entry.putObject("response").put("status", "200 OK");
    if (version.isDeletion()) {
      request.put("method", "DELETE").put("url", style.datesDeletes() ? url : versionUrl);
    } else {
      request.put("method", version.number() == 1 ? "POST" : "PUT").put("url", versionUrl);
    }
    response.put("etag", "W/\"" + version.number() + "\"");
    if (style.datesDeletes()) {
      response.put("lastModified", version.at().toString());
    }
  }
}
