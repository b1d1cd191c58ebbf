package dev.sluice.connectors.github;

import static dev.sluice.connectors.github.GitHubQuery.by;
import static dev.sluice.connectors.github.GitHubQuery.byNumber;
import static dev.sluice.connectors.github.GitHubQuery.isAfter;
import static dev.sluice.connectors.github.GitHubQuery.isBefore;

import dev.sluice.connectors.github.StoredRecords.Item;
import dev.sluice.testkit.Reply;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The lists of one repository: what is in them, and in which order. */
record RepositoryLists(GitHubApi api, String repository, Set<RepositoryTrait> traits) {
  private static final String COMMITTED = "/commit/committer/date";

  /** Fewer than GitHub's, so that a test can exceed it. */
  static final int MOST_COMPARED = 400;

  Reply answer(GitHubQuery query, String rest) {
    if (traits.contains(RepositoryTrait.BLOCKED)) {
      throw GitHubRefusal.of(403, "Repository access blocked");
    }
    String[] path = rest.split("/", -1);
    boolean isPull = path.length > 1 && path[0].equals("pulls") && path[1].matches("\\d{1,18}");
    if (isPull && path.length == 2) {
      return Reply.json(200, pull(path[1]).record().json());
    }
    if (isPull && path.length == 3 && path[2].equals("reviews")) {
      return reviews(query, path[1]);
    }
    return switch (rest) {
      case "issues" -> issues(query);
      case "issues/comments" -> comments(query);
      case "pulls" -> pulls(query);
      case "commits" -> commits(query);
      case "branches" -> branches(query);
      case "assignees" -> people(query, GitHubList.ASSIGNEES);
      case "collaborators" -> collaborators(query);
      default -> {
        if (path.length == 2 && path[0].equals("compare")) {
          yield comparison(query, path[1]);
        }
        throw GitHubRefusal.notFound();
      }
    };
  }

  private Reply issues(GitHubQuery query) {
    if (traits.contains(RepositoryTrait.ISSUES_GONE)) {
      throw GitHubRefusal.of(410, "Issues has been disabled in this repository.");
    }
    boolean onlyPulls = traits.contains(RepositoryTrait.WITHOUT_ISSUES);
    String state = query.oneOf("state", "open", "closed", "all").orElse("open");
    String sort = query.oneOf("sort", "created", "updated", "comments").orElse("created");
    Optional<Instant> since = query.instant("since");
    Comparator<Item> order =
        sort.equals("comments") ? byNumber("/comments") : by("/" + sort + "_at");
    StoredRecords issues = api.records(GitHubList.ISSUES);
    return query.page(
        issues,
        issues.of(repository).stream()
            .filter(item -> state.equals("all") || item.text("/state").equals(state))
            .filter(item -> !onlyPulls || item.tree().hasNonNull("pull_request"))
            .filter(item -> since.map(from -> !isBefore(item, "/updated_at", from)).orElse(true))
            .sorted(query.directed(order, "desc"))
            .toList());
  }

  /** A {@code since} is not looked at: this list has none. */
  private Reply pulls(GitHubQuery query) {
    mustHavePulls();
    String state = query.oneOf("state", "open", "closed", "all").orElse("open");
    String sort =
        query.oneOf("sort", "created", "updated", "popularity", "long-running").orElse("created");
    Optional<String> base = query.call().query("base");
    Optional<String> head = query.call().query("head");
    Comparator<Item> order =
        switch (sort) {
          case "popularity" -> byNumber("/comments");
          case "long-running" -> by("/created_at");
          default -> by("/" + sort + "_at");
        };
    StoredRecords pulls = api.records(GitHubList.PULL_REQUESTS);
    return query.page(
        pulls,
        pulls.of(repository).stream()
            .filter(item -> state.equals("all") || item.text("/state").equals(state))
            .filter(item -> base.map(item.text("/base/ref")::equals).orElse(true))
            .filter(item -> head.map(item.text("/head/label")::equals).orElse(true))
            .sorted(query.directed(order, sort.equals("created") ? "desc" : "asc"))
            .toList());
  }

  private void mustHavePulls() {
    if (traits.contains(RepositoryTrait.WITHOUT_PULL_REQUESTS)) {
      throw GitHubRefusal.notFound();
    }
  }

  private Item pull(String number) {
    mustHavePulls();
    return api.records(GitHubList.PULL_REQUESTS).of(repository).stream()
        .filter(item -> item.tree().path("number").asText().equals(number))
        .findFirst()
        .orElseThrow(GitHubRefusal::notFound);
  }

  /** In the order of their dates; one that is pending has none and comes last. */
  private Reply reviews(GitHubQuery query, String number) {
    pull(number);
    StoredRecords reviews = api.records(GitHubList.REVIEWS);
    return query.page(
        reviews,
        reviews.of(repository + "/pulls/" + number).stream()
            .sorted(
                Comparator.comparing(
                        (Item review) -> review.tree().path("submitted_at").asText("pending"))
                    .thenComparing(byNumber("/id")))
            .toList());
  }

  /** A direction without a sort is ignored. */
  private Reply comments(GitHubQuery query) {
    Optional<String> sort = query.oneOf("sort", "created", "updated");
    Optional<Instant> since = query.instant("since");
    Comparator<Item> order =
        sort.map(field -> query.directed(by("/" + field + "_at"), "desc")).orElse(byNumber("/id"));
    StoredRecords comments = api.records(GitHubList.COMMENTS);
    return query.page(
        comments,
        comments.of(repository).stream()
            .filter(item -> since.map(from -> !isBefore(item, "/updated_at", from)).orElse(true))
            .sorted(order)
            .toList());
  }

  /** Newest first, and the tip before all others; both bounds, of the committer's date, are in. */
  private Reply commits(GitHubQuery query) {
    Optional<Instant> since = query.instant("since");
    Optional<Instant> until = query.instant("until");
    Optional<GitRepository> git = api.history(repository);
    if (git.isPresent()) {
      String ref = query.call().query("sha").orElse("main");
      return query.page(api.records(GitHubList.COMMITS), git.get().history(ref, since, until));
    }
    mustHaveCommits();
    List<Item> all = history(query.call().query("sha").orElseGet(pushes()::tip)).reversed();
    return query.page(
        api.records(GitHubList.COMMITS),
        all.stream()
            .filter(item -> since.map(from -> !isBefore(item, COMMITTED, from)).orElse(true))
            .filter(item -> until.map(to -> !isAfter(item, COMMITTED, to)).orElse(true))
            .toList());
  }

  /** Oldest first: what the head reaches and the base does not. */
  private Reply comparison(GitHubQuery query, String baseAndHead) {
    String[] ends = baseAndHead.split("[.]{3}", 2);
    List<Item> ahead =
        api
            .history(repository)
            .map(git -> git.comparison(ends[0], ends[1]))
            .orElseGet(() -> added(ends[0], ends[1]))
            .stream()
            .limit(MOST_COMPARED)
            .toList();
    return query
        .paged(api.records(GitHubList.COMMITS), ahead)
        .reply(
            query.call(),
            commits ->
                "{\"url\":\"%s\",\"status\":\"%s\",\"total_commits\":%d,\"commits\":%s,\"files\":[]}"
                    .formatted(
                        query.call().baseUrl() + query.call().path(),
                        ahead.isEmpty() ? "behind" : "ahead",
                        ahead.size(),
                        commits));
  }

  private List<Item> added(String base, String head) {
    mustHaveCommits();
    List<String> before = history(base).stream().map(item -> item.text("/sha")).toList();
    return history(head).stream().filter(item -> !before.contains(item.text("/sha"))).toList();
  }

  private Pushes pushes() {
    return api.pushes(repository);
  }

  private void mustHaveCommits() {
    List<Item> all = api.records(GitHubList.COMMITS).of(repository);
    if (all.isEmpty()) {
      throw GitHubRefusal.of(409, "Git Repository is empty.");
    }
    pushes().see(all);
  }

  /** Oldest first, and the commit itself behind all others. */
  private List<Item> history(String ref) {
    return pushes().history(ref).orElseGet(() -> reached(ref));
  }

  private List<Item> reached(String ref) {
    Set<String> reachable = reachableFrom(ref);
    String tip = List.copyOf(reachable).getLast();
    return api.records(GitHubList.COMMITS).of(repository).stream()
        .filter(item -> reachable.contains(item.text("/sha")))
        .sorted(
            Comparator.comparing((Item item) -> item.text("/sha").equals(tip))
                .thenComparing(by(COMMITTED)))
        .toList();
  }

  private Set<String> reachableFrom(String ref) {
    String commit =
        api.records(GitHubList.BRANCHES).of(repository).stream()
            .filter(branch -> branch.text("/name").equals(ref))
            .findFirst()
            .map(branch -> branch.text("/commit/sha"))
            .orElse(ref);
    return pushes()
        .reachableFrom(commit)
        .orElseThrow(() -> GitHubRefusal.of(404, "No commit found for SHA: " + ref));
  }

  private Reply branches(GitHubQuery query) {
    StoredRecords branches = api.records(GitHubList.BRANCHES);
    Optional<String> wanted = query.oneOf("protected", "true", "false");
    return query.page(
        branches,
        branches.of(repository).stream()
            .filter(item -> wanted.map(item.text("/protected")::equals).orElse(true))
            .sorted(by("/name"))
            .toList());
  }

  private Reply collaborators(GitHubQuery query) {
    if (traits.contains(RepositoryTrait.WITHOUT_PUSH_ACCESS)) {
      throw GitHubRefusal.of(403, "Must have push access to view repository collaborators.");
    }
    query.oneOf("affiliation", "outside", "direct", "all");
    return people(query, GitHubList.COLLABORATORS);
  }

  private Reply people(GitHubQuery query, GitHubList list) {
    StoredRecords people = api.records(list);
    return query.page(people, people.of(repository));
  }
}
