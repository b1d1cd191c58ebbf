package dev.sluice.connectors.github;

import static dev.sluice.connectors.github.GitHubQuery.by;

import dev.sluice.connectors.github.StoredRecords.Item;
import dev.sluice.spi.SourceRecord;
import dev.sluice.testkit.Reply;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What belongs to a user, to an organization, or to whoever the token is of. */
record AccountLists(GitHubApi api) {

  Reply account(String login) {
    if (!api.isOwner(login)) {
      throw GitHubRefusal.notFound();
    }
    return Reply.json(
        200,
        "{\"login\":\"%s\",\"type\":\"%s\"}"
            .formatted(login, api.isOrganization(login) ? "Organization" : "User"));
  }

  Reply ofUser(GitHubQuery query, String owner) {
    String type = query.oneOf("type", "all", "owner", "member").orElse("owner");
    if (!api.isOwner(owner)) {
      throw GitHubRefusal.notFound();
    }
    // Of all that somebody else has, only what everybody sees.
    return repositories(
        query, "full_name", owned(owner, item -> !item.is("/private") && !type.equals("member")));
  }

  Reply ofOrganization(GitHubQuery query, String organization) {
    String type =
        query.oneOf("type", "all", "public", "private", "forks", "sources", "member").orElse("all");
    if (!api.isOrganization(organization)) {
      throw GitHubRefusal.notFound();
    }
    return repositories(query, "created", owned(organization, item -> isOfType(item, type)));
  }

  private static boolean isOfType(Item repository, String type) {
    return switch (type) {
      case "public" -> !repository.is("/private");
      case "private" -> repository.is("/private");
      case "forks" -> repository.is("/fork");
      case "sources" -> !repository.is("/fork");
      default -> true;
    };
  }

  private List<Item> owned(String owner, Predicate<Item> filter) {
    return api.records(GitHubList.REPOSITORIES).all().stream()
        .filter(item -> item.text("/owner/login").equals(owner))
        .filter(filter)
        .toList();
  }

  /** All that the token sees. */
  Reply ofToken(GitHubQuery query) {
    Optional<String> visibility = query.oneOf("visibility", "all", "public", "private");
    Optional<String> type = query.oneOf("type", "all", "owner", "public", "private", "member");
    if (type.isPresent()
        && (visibility.isPresent() || query.call().query("affiliation").isPresent())) {
      throw GitHubRefusal.invalid("type");
    }
    String wanted = visibility.or(() -> type).orElse("all");
    return repositories(
        query,
        "full_name",
        api.records(GitHubList.REPOSITORIES).all().stream()
            .filter(item -> isOfType(item, wanted))
            .toList());
  }

  /** All that the installation of a GitHub App sees. */
  Reply ofInstallation(GitHubQuery query) {
    StoredRecords repositories = api.records(GitHubList.REPOSITORIES);
    List<Item> all = repositories.all();
    return query
        .paged(repositories, all)
        .reply(
            query.call(),
            page ->
                "{\"total_count\":%d,\"repository_selection\":\"selected\",\"repositories\":%s}"
                    .formatted(all.size(), page));
  }

  private Reply repositories(GitHubQuery query, String otherwise, List<Item> matching) {
    String sort =
        query.oneOf("sort", "created", "updated", "pushed", "full_name").orElse(otherwise);
    boolean byName = sort.equals("full_name");
    Comparator<Item> order =
        query.directed(by(byName ? "/full_name" : "/" + sort + "_at"), byName ? "asc" : "desc");
    return query.page(
        api.records(GitHubList.REPOSITORIES), matching.stream().sorted(order).toList());
  }

  Reply teams(GitHubQuery query, String organization) {
    query.oneOf("team_type", "all", "enterprise", "organization");
    if (!api.isOrganization(organization)) {
      throw GitHubRefusal.notFound();
    }
    StoredRecords teams = api.records(GitHubList.TEAMS);
    return query.page(teams, teams.of(organization));
  }

  /** Of all organizations, and each says of which. */
  Reply teamsOfToken(GitHubQuery query) {
    StoredRecords teams = api.records(GitHubList.TEAMS);
    return query.page(
        teams,
        teams.scopes().stream()
            .sorted()
            .flatMap(
                organization ->
                    teams.of(organization).stream()
                        .map(team -> withOrganization(team, organization)))
            .toList());
  }

  private static Item withOrganization(Item team, String organization) {
    if (team.tree().has("organization")) {
      return team;
    }
    String json = team.record().json();
    SourceRecord whole =
        SourceRecord.of(
            json.substring(0, json.lastIndexOf('}'))
                + ",\"organization\":"
                + AccountRecords.organization(organization, 1)
                + "}");
    return new Item(whole, whole.tree());
  }

  Reply organizations(GitHubQuery query) {
    StoredRecords organizations = api.records(GitHubList.ORGANIZATIONS);
    boolean hides =
        query.call().header("Authorization").orElse("").contains(GitHubStandIn.FINE_GRAINED_TOKEN);
    return query.page(organizations, hides ? List.of() : organizations.all());
  }

  Reply user() {
    List<Item> users = api.records(GitHubList.USERS).all();
    return Reply.json(
        200, users.isEmpty() ? AccountRecords.tokenUser(0) : users.getLast().record().json());
  }
}
