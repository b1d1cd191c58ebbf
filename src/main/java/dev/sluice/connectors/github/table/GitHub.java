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

  /** Says for whom requests are made. */
  public enum Caller {
    /** The user to whom a token belongs. */
    USER,
    /** The same, by a token that sees one owner only and none of the user's memberships. */
    FINE_GRAINED,
    /** A GitHub App, which acts for no user. */
    APP
  }

  private final ConnectorContext context;
  private final ApiClient api;
  private final Caller caller;
  private final Owners owners;

  /**
   * Repositories that are looked up once in an invocation, so that a round covers the same ones
   * from start to end.
   */
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

  /** Returns the repositories that the table is about. */
  Repositories repositories(Table table) {
    return repositories.computeIfAbsent(table, of -> new Repositories(api, owners, of));
  }

  /**
   * Returns a request about the user to whom the token belongs.
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
   * Returns a request about all that the user is a member of. GitHub answers a fine-grained token,
   * too, but leaves out what it does not see, and does not say so.
   */
  Request ofMember(String path, String table, String inPlace) {
    if (caller == Caller.FINE_GRAINED) {
      throw ConnectorException.configuration(
          "Table '%s' is about all that the user is a member of, and a fine-grained token (github_pat_...) does not see it: use a classic token with read:org%s"
              .formatted(table, inPlace));
    }
    return ofUser(path, table, inPlace);
  }

  /**
   * Returns whether a tag that GitHub gave in an earlier invocation is valid in this one: tags are
   * valid for one token, and an App has another token in each invocation.
   */
  public boolean knowsTags() {
    return caller != Caller.APP;
  }

  /**
   * Returns the owners, and below each its repositories: all that the credential gives access to.
   */
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
      accessible = Optional.of(Lists.snapshot(api, list, TableSpecs.ID).records(Repository::of));
    }
    return accessible.get();
  }
}
