package dev.sluice.connectors.github;

import dev.sluice.testkit.Call;
import dev.sluice.testkit.Reply;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** GitHub's repositories and accounts: which there are, and which request asks for what. */
final class GitHubApi {
  private final Map<GitHubList, StoredRecords> stored = new EnumMap<>(GitHubList.class);
  private final Map<String, Set<RepositoryTrait>> repositories = new HashMap<>();
  private final Map<String, Pushes> pushes = new HashMap<>();
  private final Map<String, GitRepository> histories = new HashMap<>();

  GitHubApi() {
    for (GitHubList list : GitHubList.values()) {
      stored.put(list, new StoredRecords(list));
    }
  }

  StoredRecords records(GitHubList list) {
    return Optional.ofNullable(stored.get(list)).orElseThrow();
  }

  synchronized Pushes pushes(String repository) {
    return pushes.computeIfAbsent(repository, none -> new Pushes());
  }

  /** Serves the commits of a repository out of git. */
  synchronized void serve(String repository, GitRepository history) {
    histories.put(repository, history);
  }

  synchronized Optional<GitRepository> history(String repository) {
    return Optional.ofNullable(histories.get(repository));
  }

  /** Lets a repository be known although nothing is in it. */
  synchronized void know(String repository, RepositoryTrait... traits) {
    Set<RepositoryTrait> all = EnumSet.noneOf(RepositoryTrait.class);
    all.addAll(Arrays.asList(traits));
    repositories.put(repository, all);
  }

  private synchronized boolean isKnown(String repository) {
    return repositories.containsKey(repository)
        || stored.values().stream()
            .filter(records -> records.list().isOfRepository())
            .anyMatch(records -> records.has(repository));
  }

  private synchronized Set<RepositoryTrait> traits(String repository) {
    return repositories.getOrDefault(repository, Set.of());
  }

  boolean isOwner(String owner) {
    return isOrganization(owner) || ownerTypes(owner).contains("User");
  }

  /** An owner of whom nothing else is known may be either. */
  synchronized boolean isOrganization(String owner) {
    Set<String> types = ownerTypes(owner);
    return types.contains("Organization")
        || records(GitHubList.ORGANIZATIONS).has(owner)
        || records(GitHubList.TEAMS).has(owner)
        || (types.isEmpty()
            && repositories.keySet().stream().anyMatch(name -> name.startsWith(owner + "/")));
  }

  private Set<String> ownerTypes(String owner) {
    return Set.copyOf(
        records(GitHubList.REPOSITORIES).all().stream()
            .filter(item -> item.text("/owner/login").equals(owner))
            .map(item -> item.text("/owner/type"))
            .distinct()
            .toList());
  }

  Reply answer(Call call) {
    try {
      return answer(new GitHubQuery(call), call.path().substring(1));
    } catch (GitHubRefusal e) {
      return e.reply();
    }
  }

  private Reply answer(GitHubQuery query, String path) {
    var accounts = new AccountLists(this);
    return switch (path) {
      case "user" -> accounts.user();
      case "user/orgs" -> accounts.organizations(query);
      case "user/teams" -> accounts.teamsOfToken(query);
      case "user/repos" -> accounts.ofToken(query);
      case "installation/repositories" -> accounts.ofInstallation(query);
      default -> answer(query, accounts, List.of(path.split("/", 4)));
    };
  }

  private Reply answer(GitHubQuery query, AccountLists accounts, List<String> path) {
    if (path.size() == 4 && path.get(0).equals("repos")) {
      String repository = path.get(1) + "/" + path.get(2);
      if (isKnown(repository)) {
        return new RepositoryLists(this, repository, traits(repository)).answer(query, path.get(3));
      }
    } else if (path.size() == 2 && path.get(0).equals("users")) {
      return accounts.account(path.get(1));
    } else if (path.size() == 3) {
      switch (path.get(0) + "/" + path.get(2)) {
        case "users/repos" -> {
          return accounts.ofUser(query, path.get(1));
        }
        case "orgs/repos" -> {
          return accounts.ofOrganization(query, path.get(1));
        }
        case "orgs/teams" -> {
          return accounts.teams(query, path.get(1));
        }
        default -> {}
      }
    }
    throw GitHubRefusal.notFound();
  }
}
