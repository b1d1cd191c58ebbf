package dev.sluice.connectors.github.table;

import dev.sluice.rest.ApiClient;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Namespace;
import dev.sluice.spi.PrimaryKey;
import dev.sluice.spi.Table;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The repositories that a table is about: those of its namespace, or those that its options name,
 * singly or by patterns, minus those that the options exclude. The source is asked for patterns
 * only, and only once.
 */
final class Repositories {
  private static final String ANYTHING = "*";
  private static final String EXCEPT = "!";

  private final ApiClient api;
  private final Owners owners;
  private final Table table;
  private final Set<String> named = new HashSet<>();
  private final Set<String> skipped = new HashSet<>();
  private Optional<Map<String, Repository>> found = Optional.empty();

  Repositories(ApiClient api, Owners owners, Table table) {
    this.api = api;
    this.owners = owners;
    this.table = table;
  }

  /** Returns the repositories by {@link Repository#key}. */
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

  /**
   * Returns whether this repository may be skipped: a pattern has found it, the source refuses it,
   * and it does not refuse all of them.
   */
  boolean maySkip(String key, ConnectorException e) {
    if (e.kind() != ConnectorException.Kind.CONFIGURATION || named.contains(key)) {
      return false;
    }
    skipped.add(key);
    return skipped.size() < byKey().size();
  }

  private List<Repository> find() {
    if (!table.namespace().equals(Namespace.ROOT)) {
      Repository repository = Repository.of(table.namespace());
      named.add(repository.key());
      return List.of(repository);
    }
    Map<Boolean, List<String>> entries =
        Arrays.stream(table.options().get(TableOptions.REPO).split(","))
            .map(String::strip)
            .collect(Collectors.partitioningBy(entry -> entry.startsWith(EXCEPT)));
    List<Predicate<Repository>> unwanted =
        Objects.requireNonNull(entries.get(true)).stream().map(this::excepted).toList();
    List<Repository> wanted =
        Objects.requireNonNull(entries.get(false)).stream()
            .flatMap(entry -> find(entry).stream())
            .filter(repository -> unwanted.stream().noneMatch(except -> except.test(repository)))
            .toList();
    if (wanted.isEmpty()) {
      throw ConnectorException.configuration(
          "Option 'repo' leaves out all that it names: '%s'"
              .formatted(table.options().get(TableOptions.REPO)));
    }
    return wanted;
  }

  private Predicate<Repository> excepted(String entry) {
    String[] parts = parts(entry.substring(EXCEPT.length()));
    Pattern name = pattern(parts[parts.length - 1]);
    return repository ->
        name.matcher(repository.name()).matches()
            && (parts.length == 1 || parts[0].equalsIgnoreCase(repository.owner()));
  }

  private static String[] parts(String entry) {
    String[] parts = entry.split("/", -1);
    if (parts.length > 2 || Arrays.stream(parts).anyMatch(String::isBlank)) {
      throw ConnectorException.configuration(
          "Option 'repo' names '%s'; it takes names, OWNER/NAME, and * for any characters"
              .formatted(entry));
    }
    return parts;
  }

  private List<Repository> find(String entry) {
    String[] parts = parts(entry);
    String name = parts[parts.length - 1];
    if (!name.contains(ANYTHING)) {
      String owner = parts.length == 2 ? parts[0] : owners.of(table).login();
      var repository = new Repository(owner, name);
      named.add(repository.key());
      return List.of(repository);
    }
    return matching(parts.length == 2 ? owners.named(parts[0]) : owners.of(table), name);
  }

  private static Pattern pattern(String text) {
    return Pattern.compile(
        Arrays.stream(text.split(Pattern.quote(ANYTHING), -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*")),
        Pattern.CASE_INSENSITIVE);
  }

  private List<Repository> matching(Owner owner, String pattern) {
    Pattern wanted = pattern(pattern);
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
