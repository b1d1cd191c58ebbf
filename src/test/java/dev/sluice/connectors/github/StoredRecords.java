package dev.sluice.connectors.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.spi.SourceRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The records behind one list of list, of all repositories. Safe for use from any thread. */
final class StoredRecords {
  private static final Pattern REPOSITORY = Pattern.compile("/repos/([^/]+/[^/]+)(/|$)");

  private final GitHubList list;
  private final List<Item> items = new ArrayList<>();
  private int mostPerPage = 100;

  /** A record with its tree, which is what filters look at. */
  record Item(SourceRecord record, JsonNode tree, String repository) {

    String text(String pointer) {
      return tree.at(pointer).asText("");
    }
  }

  StoredRecords(GitHubList list) {
    this.list = list;
  }

  GitHubList list() {
    return list;
  }

  synchronized void add(SourceRecord record) {
    JsonNode tree = record.tree();
    items.add(new Item(record, tree, repository(tree)));
  }

  private String repository(JsonNode tree) {
    Matcher url = REPOSITORY.matcher(tree.at(list.url()).asText());
    if (!url.find()) {
      throw new IllegalArgumentException(
          "A record of %s names no repository in %s".formatted(list, list.url()));
    }
    return url.group(1);
  }

  synchronized void replaceAll(List<SourceRecord> records) {
    items.clear();
    records.forEach(this::add);
  }

  synchronized List<Item> of(String repository) {
    return items.stream().filter(item -> item.repository().equals(repository)).toList();
  }

  synchronized List<Item> ofOwner(String owner) {
    return items.stream().filter(item -> item.text("/owner/login").equals(owner)).toList();
  }

  synchronized boolean has(String repository) {
    return items.stream().anyMatch(item -> item.repository().equals(repository));
  }

  /** GitHub's own limit is 100. */
  synchronized void mostPerPage(int records) {
    mostPerPage = Math.min(100, records);
  }

  synchronized int mostPerPage() {
    return mostPerPage;
  }
}
