package dev.sluice.connectors.github;

import dev.sluice.rest.ApiClient;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Namespace;
import dev.sluice.spi.PrimaryKey;
import dev.sluice.spi.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The repositories that a table is about: those of its namespace, or those that its options name,
 * one by one or by patterns. The source is asked for patterns only, once.
 */
final class Repositories {
  private static final String ANYTHING = "*";

  private final ApiClient api;
  private final Table table;
  private Optional<Map<String, Repository>> found = Optional.empty();

  Repositories(ApiClient api, Table table) {
    this.api = api;
    this.table = table;
  }

  /** The repositories by {@link Repository#key}. */
  Map<String, Repository> byKey() {
    if (found.isEmpty()) {
      var all = new TreeMap<String, Repository>();
      find().forEach(repository -> all.putIfAbsent(repository.key(), repository));
      found = Optional.of(all);
    }
    return found.get();
  }

  Repository byKey(String key) {
    return Objects.requireNonNull(byKey().get(key), key);
  }

  private List<Repository> find() {
    if (!table.namespace().equals(Namespace.ROOT)) {
      return List.of(Repository.of(table.namespace()));
    }
    return Arrays.stream(table.options().get(GitHubProvider.REPO).split(","))
        .map(String::strip)
        .flatMap(entry -> find(entry).stream())
        .toList();
  }

  private List<Repository> find(String entry) {
    String[] parts = entry.split("/", -1);
    if (parts.length > 2 || Arrays.stream(parts).anyMatch(String::isBlank)) {
      throw ConnectorException.configuration(
          "Option 'repo' names '%s'; it takes names, OWNER/NAME, and * for any characters"
              .formatted(entry));
    }
    Owner owner = parts.length == 2 ? Owner.user(parts[0]) : Owner.of(table);
    String name = parts[parts.length - 1];
    return name.contains(ANYTHING)
        ? matching(owner, name)
        : List.of(new Repository(owner.login(), name));
  }

  private List<Repository> matching(Owner owner, String pattern) {
    Pattern wanted =
        Pattern.compile(
            Arrays.stream(pattern.split(Pattern.quote(ANYTHING), -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*")),
            Pattern.CASE_INSENSITIVE);
    List<Repository> matching =
        Lists.snapshot(api, Lists.of(owner.repositories(), table.options()), PrimaryKey.of("id"))
            .records()
            .stream()
            .map(Repository::of)
            .filter(repository -> wanted.matcher(repository.name()).matches())
            .toList();
    if (matching.isEmpty()) {
      throw ConnectorException.configuration(
          "No repository of %s that the credential may see matches '%s'"
              .formatted(owner.login(), pattern));
    }
    return matching;
  }
}
