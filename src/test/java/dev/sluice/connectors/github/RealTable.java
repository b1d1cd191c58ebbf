package dev.sluice.connectors.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.proof.LakeInFolder;
import dev.sluice.spi.SourceRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One entry of the pipeline: the records that belong together, and what the lake must have of them.
 *
 * @param folder its name in the lake
 * @param key the field that tells its records apart
 * @param options what the connector is told
 * @param added the fields that the connector adds, and their values
 */
record RealTable(
    GitHubList list,
    String folder,
    String key,
    Map<String, String> options,
    Map<String, String> added,
    List<SourceRecord> source) {

  /** Of a list, one for each repository, owner or organization that the records are of. */
  static List<RealTable> of(GitHubList list, String key, RealRecords records) {
    Map<String, List<SourceRecord>> groups = new LinkedHashMap<>();
    for (SourceRecord record : records.of(list)) {
      groups.computeIfAbsent(group(list, record), none -> new ArrayList<>()).add(record);
    }
    List<RealTable> tables = new ArrayList<>();
    groups.forEach(
        (group, source) -> {
          String folder = list.table() + "_" + tables.size();
          tables.add(of(list, folder, key, group, source));
        });
    return tables;
  }

  private static String group(GitHubList list, SourceRecord record) {
    return switch (list) {
      case REPOSITORIES -> record.text("owner.login").orElseThrow();
      case REVIEWS -> list.scope(record.tree()).replaceFirst("/pulls/\\d+$", "");
      case ORGANIZATIONS, USERS -> "";
      default -> list.scope(record.tree());
    };
  }

  private static RealTable of(
      GitHubList list, String folder, String key, String group, List<SourceRecord> source) {
    String[] names = group.split("/", 2);
    Map<String, String> options =
        switch (list) {
          case REPOSITORIES ->
              Map.of(
                  source.getFirst().text("owner.type").orElse("").equals("User") ? "owner" : "org",
                  group);
          case TEAMS -> Map.of("org", group);
          case ORGANIZATIONS, USERS -> Map.of();
          default -> Map.of("owner", names[0], "repo", names[1]);
        };
    Map<String, String> added =
        switch (list) {
          case REPOSITORIES -> Map.of("repository_owner", group);
          case TEAMS -> Map.of("organization_login", group);
          case ORGANIZATIONS, USERS -> Map.of();
          default -> Map.of("repository_owner", names[0], "repository_name", names[1]);
        };
    return new RealTable(list, folder, key, options, added, source);
  }

  /** As the pipeline file has it. */
  String yaml(String cap, int lookbackSeconds) {
    var all = new TreeMap<>(options);
    if (!cap.isEmpty()) {
      all.put("max_records_per_batch", cap);
    }
    if (takesLookback()) {
      all.put("lookback_seconds", String.valueOf(lookbackSeconds));
    }
    return "  - table: %s\n    as: %s\n    options: %s\n"
        .formatted(list.table(), folder, all.toString().replace("=", ": "));
  }

  private boolean takesLookback() {
    return isIncremental() && list != GitHubList.COMMITS;
  }

  private boolean isIncremental() {
    return switch (list) {
      case ISSUES, PULL_REQUESTS, COMMENTS, COMMITS, REVIEWS -> true;
      case BRANCHES, ASSIGNEES, COLLABORATORS, REPOSITORIES, ORGANIZATIONS, TEAMS, USERS -> false;
    };
  }

  /**
   * Each record of the source is there once and as it is in the source, with what the connector
   * adds. Returns how many there are.
   *
   * @param lake of the pipeline
   */
  int compare(Path lake) throws IOException {
    Map<String, JsonNode> expected = new HashMap<>();
    source.forEach(record -> expected.put(record.text(key).orElseThrow(), record.tree()));
    List<String> keys = new ArrayList<>();
    for (String line : current(lake.resolve(folder)).lines()) {
      var record = SourceRecord.of(line);
      String name = record.text(key).orElseThrow();
      keys.add(name);
      added.forEach(
          (field, value) ->
              assertThat(record.text(field)).as("%s of %s", field, name).contains(value));
      assertThat(withoutAdded(record)).as("%s of %s", name, folder).isEqualTo(expected.get(name));
    }
    assertThat(keys).as(folder).doesNotHaveDuplicates();
    assertThat(keys).as(folder).containsExactlyInAnyOrderElementsOf(expected.keySet());
    return keys.size();
  }

  private static ObjectNode withoutAdded(SourceRecord record) {
    ObjectNode tree = (ObjectNode) record.tree();
    return tree.remove(
        List.of(
            "repository_owner",
            "repository_name",
            "organization_login",
            "pull_number",
            "pull_request_updated_at"));
  }

  /** The generation that readers are told to read. */
  private static LakeInFolder current(Path table) throws IOException {
    String current = Files.readString(table.resolve("current.json"));
    return new LakeInFolder(table.resolve(SourceRecord.of(current).text("path").orElseThrow()));
  }
}
