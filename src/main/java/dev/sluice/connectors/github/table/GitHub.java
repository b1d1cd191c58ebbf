package dev.sluice.connectors.github.table;

import dev.sluice.rest.ApiClient;
import dev.sluice.rest.http.Request;
import dev.sluice.rest.page.Listing;
import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Namespace;
import dev.sluice.spi.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** GitHub as one invocation sees it: the client, and what was looked up with it. */
public final class GitHub {

  /** Whom requests are made for. */
  public enum Caller {
    /** The user whom a token stands for. */
    USER,
    /** A GitHub App, which no user stands behind. */
    APP
  }

  private final ConnectorContext context;
  private final ApiClient api;
  private final Caller caller;
  private final Owners owners;

  /** Looked up once in an invocation, so that a round is about the same ones from end to end. */
  private final Map<Table, Repositories> repositories = new HashMap<>();

  private Optional<List<Repository>> accessible = Optional.empty();

  public GitHub(ConnectorContext context, ApiClient api, Caller caller) {
    this.context = context;
    this.api = api;
    this.caller = caller;
    this.owners = new Owners(api);
  }

  ConnectorContext context() {
    return context;
  }

  ApiClient api() {
    return api;
  }

  Owners owners() {
    return owners;
  }

  /** The repositories that the table is about. */
  Repositories repositories(Table table) {
    return repositories.computeIfAbsent(table, of -> new Repositories(api, owners, of));
  }

  /**
   * Asks for something of the user whom the token stands for.
   *
   * @param inPlace what else the table could be about, for the message to an App
   */
  Request ofUser(String path, String table, String inPlace) {
    if (caller == Caller.APP) {
      throw ConnectorException.configuration(
          "Table '%s' is about the user whom a token stands for, and a GitHub App stands for none: use 'token'%s"
              .formatted(table, inPlace));
    }
    return Request.get(path);
  }

  /**
   * Whether a tag that GitHub gave in an earlier invocation means something in this one: tags hold
   * for one token, and an App has another token in each.
   */
  public boolean knowsTags() {
    return caller == Caller.USER;
  }

  /** The owners, and below each its repositories: all that the credential gives access to. */
  public List<Namespace> namespaces(Namespace parent) {
    return switch (parent.parts().size()) {
      case 0 ->
          accessible().stream()
              .map(Repository::owner)
              .distinct()
              .sorted()
              .map(Namespace::of)
              .toList();
      case 1 ->
          accessible().stream()
              .filter(repository -> repository.owner().equals(parent.parts().getFirst()))
              .map(repository -> Namespace.of(repository.owner(), repository.name()))
              .toList();
      default -> List.of();
    };
  }

  private List<Repository> accessible() {
    if (accessible.isEmpty()) {
      Listing list =
          caller == Caller.APP
              ? Lists.of(Request.get("installation/repositories"), Lists.MOST_PER_PAGE)
                  .recordsIn("repositories")
              : Lists.of(Request.get("user/repos"), Lists.MOST_PER_PAGE);
      accessible =
          Optional.of(
              Lists.snapshot(api, list, TableSpecs.ID).records().stream()
                  .map(Repository::of)
                  .toList());
    }
    return accessible.get();
  }
}
