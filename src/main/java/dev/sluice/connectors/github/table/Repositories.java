package dev.sluice.connectors.github.table;

import dev.sluice.rest.ApiClient;
import dev.sluice.rest.strategy.PerParent.Parent;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Namespace;
import dev.sluice.spi.PrimaryKey;
import dev.sluice.spi.Table;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
  private final Set<String> begun = new HashSet<>();
  private final Set<String> skipped = new HashSet<>();
  private final Map<String, Repository> byId = new HashMap<>();
  private Optional<Map<Parent, Repository>> found = Optional.empty();

  Repositories(ApiClient api, Owners owners, Table table) {
    this.api = api;
    this.owners = owners;
    this.table = table;
  }

  /**
   * Returns the repositories: by GitHub's own id those that a list has shown, by their names those
   * that nobody has looked up.
   */
  Set<Parent> parents() {
    return all().keySet();
  }

  Repository byId(String id) {
    if (byId.isEmpty()) {
      all().forEach((parent, repository) -> byId.put(parent.id(), repository));
    }
    return Objects.requireNonNull(byId.get(id), id);
  }

  private Map<Parent, Repository> all() {
    if (found.isEmpty()) {
      var all = new HashMap<String, Repository>();
      find().forEach(repository -> all.merge(repository.key(), repository, Repository::identified));
      found =
          Optional.of(
              all.entrySet().stream()
                  .collect(
                      Collectors.toMap(
                          entry ->
                              new Parent(
                                  entry.getValue().id().orElse(entry.getKey()), entry.getKey()),
                          Map.Entry::getValue)));
    }
    return found.get();
  }

  /** Takes notice that something of a repository was read, and a refusal of it is a failure. */
  void mustNotSkip(String key) {
    begun.add(key);
  }

  /**
   * Returns whether this repository may be skipped: a pattern has found it, the source refuses the
   * first request of it, and it does not refuse all of them.
   */
  boolean maySkip(String key, ConnectorException e) {
    boolean isAsked = named.contains(key) || begun.contains(key);
    if (e.kind() != ConnectorException.Kind.CONFIGURATION || isAsked) {
      return false;
    }
    skipped.add(key);
    return skipped.size() < all().size();
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
            .records(Repository::of)
            .stream()
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
