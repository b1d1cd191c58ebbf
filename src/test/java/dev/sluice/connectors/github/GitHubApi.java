package dev.sluice.connectors.github;

import dev.sluice.connectors.github.StoredRecords.Item;
import dev.sluice.testkit.Call;
import dev.sluice.testkit.Reply;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** GitHub's lists: what is in them, in which order, and what is refused. */
final class GitHubApi {
  private final Map<GitHubList, StoredRecords> stored = new EnumMap<>(GitHubList.class);
  private final Set<String> emptyRepositories = new HashSet<>();

  GitHubApi() {
    for (GitHubList list : GitHubList.values()) {
      stored.put(list, new StoredRecords(list));
    }
  }

  StoredRecords records(GitHubList list) {
    return Optional.ofNullable(stored.get(list)).orElseThrow();
  }

  /** Lets a repository be known although nothing is in it. */
  synchronized void addEmptyRepository(String repository) {
    emptyRepositories.add(repository);
  }

  private synchronized boolean isKnown(String repository) {
    return emptyRepositories.contains(repository)
        || stored.values().stream().anyMatch(records -> records.has(repository));
  }

  private synchronized boolean isOwner(String owner) {
    return emptyRepositories.stream().anyMatch(name -> name.startsWith(owner + "/"))
        || !records(GitHubList.REPOSITORIES).ofOwner(owner).isEmpty();
  }

  Reply answer(Call call) {
    try {
      String[] path = call.path().substring(1).split("/", -1);
      if (path.length == 3 && path[2].equals("repos")) {
        return repositories(call, path[0], path[1]);
      }
      if (path.length < 4 || !path[0].equals("repos") || !isKnown(path[1] + "/" + path[2])) {
        return notFound();
      }
      String repository = path[1] + "/" + path[2];
      return switch (call.path().substring("/repos/".length() + repository.length() + 1)) {
        case "issues" -> issues(call, repository);
        case "issues/comments" -> comments(call, repository);
        case "commits" -> commits(call, repository);
        case "branches" -> branches(call, repository);
        default -> notFound();
      };
    } catch (Refusal e) {
      return e.reply;
    }
  }

  private Reply issues(Call call, String repository) {
    String state = oneOf(call, "state", "open", "closed", "all").orElse("open");
    String sort = oneOf(call, "sort", "created", "updated", "comments").orElse("created");
    String direction = oneOf(call, "direction", "asc", "desc").orElse("desc");
    Optional<Instant> since = instant(call, "since");
    Comparator<Item> order =
        sort.equals("comments")
            ? Comparator.comparingInt(item -> item.tree().path("comments").asInt())
            : by("/" + sort + "_at");
    StoredRecords issues = records(GitHubList.ISSUES);
    return page(
        call,
        issues,
        issues.of(repository).stream()
            .filter(item -> state.equals("all") || item.text("/state").equals(state))
            .filter(item -> since.map(from -> !isBefore(item, "/updated_at", from)).orElse(true))
            .sorted(directed(order, direction))
            .toList());
  }

  /** A direction without a sort is ignored. */
  private Reply comments(Call call, String repository) {
    Optional<String> sort = oneOf(call, "sort", "created", "updated");
    String direction = oneOf(call, "direction", "asc", "desc").orElse("desc");
    Optional<Instant> since = instant(call, "since");
    Comparator<Item> order =
        sort.map(field -> directed(by("/" + field + "_at"), direction))
            .orElse(Comparator.comparingLong(item -> item.tree().path("id").asLong()));
    StoredRecords comments = records(GitHubList.COMMENTS);
    return page(
        call,
        comments,
        comments.of(repository).stream()
            .filter(item -> since.map(from -> !isBefore(item, "/updated_at", from)).orElse(true))
            .sorted(order)
            .toList());
  }

  /** Newest first; both bounds, on the committer's date, are included. */
  private Reply commits(Call call, String repository) {
    String date = "/commit/committer/date";
    Optional<Instant> since = instant(call, "since");
    Optional<Instant> until = instant(call, "until");
    StoredRecords commits = records(GitHubList.COMMITS);
    List<Item> all = commits.of(repository).stream().sorted(by(date).reversed()).toList();
    if (all.isEmpty()) {
      return error(409, "Git Repository is empty.");
    }
    int first = call.query("sha").map(sha -> position(all, repository, sha)).orElse(0);
    return page(
        call,
        commits,
        all.stream()
            .skip(first)
            .filter(item -> since.map(from -> !isBefore(item, date, from)).orElse(true))
            .filter(item -> until.map(to -> !isAfter(item, date, to)).orElse(true))
            .toList());
  }

  /** Of a branch the last commit that is known, of a commit itself. */
  private int position(List<Item> commits, String repository, String sha) {
    String commit =
        records(GitHubList.BRANCHES).of(repository).stream()
            .filter(branch -> branch.text("/name").equals(sha))
            .findFirst()
            .map(branch -> branch.text("/commit/sha"))
            .orElse(sha);
    return IntStream.range(0, commits.size())
        .filter(i -> commits.get(i).text("/sha").equals(commit))
        .findFirst()
        .orElseThrow(() -> new Refusal(error(404, "No commit found for SHA: " + sha)));
  }

  private Reply branches(Call call, String repository) {
    StoredRecords branches = records(GitHubList.BRANCHES);
    Optional<String> wanted = oneOf(call, "protected", "true", "false");
    return page(
        call,
        branches,
        branches.of(repository).stream()
            .filter(item -> wanted.map(item.text("/protected")::equals).orElse(true))
            .sorted(by("/name"))
            .toList());
  }

  private Reply repositories(Call call, String ownerKind, String owner) {
    boolean known = List.of("users", "orgs").contains(ownerKind) && isOwner(owner);
    StoredRecords repositories = records(GitHubList.REPOSITORIES);
    List<Item> owned = repositories.ofOwner(owner);
    boolean isUser = owned.stream().anyMatch(item -> item.text("/owner/type").equals("User"));
    if (!known || (ownerKind.equals("orgs") && isUser)) {
      return notFound();
    }
    String sort =
        oneOf(call, "sort", "created", "updated", "pushed", "full_name")
            .orElse(ownerKind.equals("orgs") ? "created" : "full_name");
    boolean byName = sort.equals("full_name");
    String direction = oneOf(call, "direction", "asc", "desc").orElse(byName ? "asc" : "desc");
    Comparator<Item> order = by(byName ? "/full_name" : "/" + sort + "_at");
    return page(call, repositories, owned.stream().sorted(directed(order, direction)).toList());
  }

  /** Text sorts as time does: all timestamps have one form. */
  private static Comparator<Item> by(String pointer) {
    return Comparator.comparing(item -> item.text(pointer));
  }

  private static Comparator<Item> directed(Comparator<Item> order, String direction) {
    return direction.equals("asc") ? order : order.reversed();
  }

  private static boolean isBefore(Item item, String pointer, Instant bound) {
    return item.text(pointer).compareTo(bound.toString()) < 0;
  }

  private static boolean isAfter(Item item, String pointer, Instant bound) {
    return item.text(pointer).compareTo(bound.toString()) > 0;
  }

  private static Reply page(Call call, StoredRecords records, List<Item> matching) {
    int perPage = Math.min(positive(call, "per_page").orElse(30), records.mostPerPage());
    return new PagedList(matching, perPage, positive(call, "page").orElse(1)).reply(call);
  }

  /** What is no positive number counts as not given. */
  private static Optional<Integer> positive(Call call, String parameter) {
    return call.query(parameter)
        .filter(text -> text.matches("\\d{1,9}"))
        .map(Integer::valueOf)
        .filter(number -> number > 0);
  }

  private static Optional<String> oneOf(Call call, String parameter, String... values) {
    Optional<String> value = call.query(parameter);
    if (value.isPresent() && !List.of(values).contains(value.get())) {
      throw invalid(parameter);
    }
    return value;
  }

  /** To the second: what the source does not store, it does not compare. */
  private static Optional<Instant> instant(Call call, String parameter) {
    try {
      return call.query(parameter)
          .map(text -> Instant.ofEpochSecond(OffsetDateTime.parse(text).toEpochSecond()));
    } catch (DateTimeException e) {
      throw invalid(parameter);
    }
  }

  private static Refusal invalid(String parameter) {
    return new Refusal(
        Reply.json(
            422,
            """
            {"message":"Validation Failed","errors":[{"code":"invalid","field":"%s"}],\
            "documentation_url":"https://docs.github.com/rest","status":"422"}"""
                .formatted(parameter)));
  }

  private static Reply notFound() {
    return error(404, "Not Found");
  }

  static Reply error(int status, String message) {
    return Reply.json(
        status,
        "{\"message\":\"%s\",\"documentation_url\":\"https://docs.github.com/rest\",\"status\":\"%d\"}"
            .formatted(message, status));
  }

  /** Ends the answering of a request. */
  private static final class Refusal extends RuntimeException {
    private final transient Reply reply;

    Refusal(Reply reply) {
      this.reply = reply;
    }
  }
}
