package dev.sluice.connectors.example.api;

import dev.sluice.connectors.example.api.TableDefinition.Trait;
import dev.sluice.spi.SourceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The routes of the API: what each method and path means. */
final class Router {
  private final ApiData store;

  Router(ApiData store) {
    this.store = store;
  }

  ApiAnswer answer(ApiRequest request) {
    try {
      return route(request);
    } catch (RefusedRequest e) {
      return e.answer();
    }
  }

  private ApiAnswer route(ApiRequest request) {
    List<String> path = request.path();
    return switch (request.method() + " " + template(path)) {
      case "GET tables" -> listedTables();
      case "GET tables/{table}/schema" -> schema(path.get(1));
      case "GET tables/{table}/metadata" -> metadata(path.get(1));
      case "GET tables/{table}/records" -> records(path.get(1), request.parameters());
      case "GET tables/{table}/deleted_records" -> tombstones(path.get(1), request.parameters());
      case "POST tables/{table}/records" -> write(path.get(1), request.body());
      case "DELETE tables/{table}/records/{key}" -> delete(path.get(1), path.get(3));
      default ->
          throw RefusedRequest.notFound(
              "No route matches " + request.method() + " " + request.target().getPath());
    };
  }

  /** Returns the path with placeholders in place of the table and the key. */
  private static String template(List<String> path) {
    List<String> template = new ArrayList<>(path);
    if (template.size() > 1) {
      template.set(1, "{table}");
    }
    if (template.size() > 3) {
      template.set(3, "{key}");
    }
    return String.join("/", template);
  }

  private ApiAnswer listedTables() {
    List<String> names =
        store.storedTables().stream()
            .map(StoredTable::definition)
            .filter(table -> !table.is(Trait.HIDDEN))
            .map(TableDefinition::name)
            .toList();
    return ApiAnswer.json(200, ApiJson.write(Map.of("tables", names)));
  }

  private ApiAnswer schema(String table) {
    return ApiAnswer.json(200, ApiJson.write(Map.of("schema", described(table).fields())));
  }

  private ApiAnswer metadata(String table) {
    return ApiAnswer.json(200, ApiJson.write(Map.of("metadata", described(table).metadata())));
  }

  private TableDefinition described(String table) {
    TableDefinition definition = store.table(table).definition();
    if (definition.is(Trait.HIDDEN)) {
      throw RefusedRequest.notFound("No table '" + table + "'");
    }
    return definition;
  }

  private ApiAnswer records(String table, Map<String, String> parameters) {
    StoredTable stored = store.table(table);
    return page(stored.page(stored.definition().query(parameters)));
  }

  private ApiAnswer tombstones(String table, Map<String, String> parameters) {
    StoredTable stored = store.table(table);
    return page(stored.tombstonePage(stored.definition().tombstoneQuery(parameters)));
  }

  private static ApiAnswer page(StoredTable.Page page) {
    String records =
        page.records().stream().map(SourceRecord::json).collect(Collectors.joining(","));
    String next = page.next().map(String::valueOf).orElse("null");
    return ApiAnswer.json(
        200,
        "{\"records\":[%s],\"total\":%d,\"next_page\":%s}".formatted(records, page.total(), next));
  }

  private ApiAnswer write(String table, String body) {
    StoredTable stored = store.table(table);
    SourceRecord written = stored.write(ApiJson.parse(body));
    return record(stored.definition().cursor().isPresent() ? 200 : 201, written);
  }

  private ApiAnswer delete(String table, String key) {
    StoredTable stored = store.table(table);
    if (!stored.definition().is(Trait.DELETABLE)) {
      throw RefusedRequest.badRequest("Records of table '" + table + "' cannot be deleted");
    }
    return record(200, stored.delete(key));
  }

  private static ApiAnswer record(int status, SourceRecord record) {
    return ApiAnswer.json(status, "{\"record\":" + record.json() + "}");
  }
}
