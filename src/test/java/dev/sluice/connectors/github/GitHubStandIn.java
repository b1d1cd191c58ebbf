package dev.sluice.connectors.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.spi.Options;
import dev.sluice.spi.SourceRecord;
import dev.sluice.testkit.Call;
import dev.sluice.testkit.Fault;
import dev.sluice.testkit.Interceptor;
import dev.sluice.testkit.Reply;
import dev.sluice.testkit.StandIn;
import dev.sluice.testkit.StandInServer;
import dev.sluice.testkit.StandInTable;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * GitHub's REST API on this machine: any number of repositories and accounts, with the pages,
 * links, bounds, tags and limits of the real one.
 */
public final class GitHubStandIn implements StandIn {
  public static final String TOKEN = "ghp_canaryOfTheGitHubStandIn";

  /** A fine-grained one of the same user: GitHub hides from it what the user is a member of. */
  static final String FINE_GRAINED_TOKEN = "github_pat_canaryOfTheGitHubStandIn";

  private static final JsonMapper PRETTY =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private static final Reply SECONDARY_LIMIT =
      GitHubRefusal.error(
          403,
          "You have exceeded a secondary rate limit. Please wait a few minutes before you try"
              + " again.");

  /** How JSON is laid out: on one line, or as for people. */
  public enum Text {
    COMPACT,
    PRETTY
  }

  private final GitHubApi api = new GitHubApi();
  private final Interceptor wire = new Interceptor();
  private final List<StandInTable> tables =
      Arrays.stream(GitHubList.values())
          .map(list -> (StandInTable) new GitHubStandInTable(api, list))
          .toList();
  private final List<String> undescribed = new CopyOnWriteArrayList<>();
  private final Map<GitHubList, Integer> requests = new ConcurrentHashMap<>();
  private final GitHubApp app;
  private final GitHubGate gate;
  private final Map<Pattern, UnaryOperator<Reply>> changes = new ConcurrentHashMap<>();
  private final Text text;
  private final StandInServer server;

  private GitHubStandIn(int port, InstantSource clock, Text text) {
    this.app = new GitHubApp(clock);
    this.gate = new GitHubGate(Set.of(TOKEN, FINE_GRAINED_TOKEN), app, clock);
    this.text = text;
    this.server = StandInServer.start(port, wire, "page", this::answer);
  }

  /**
   * With an empty repository {@code octo/hello} and the organization of the teams, on a free port.
   */
  public static GitHubStandIn start() {
    return start(0, InstantSource.system(), Text.COMPACT);
  }

  public static GitHubStandIn start(int port, InstantSource clock, Text text) {
    var standIn = new GitHubStandIn(port, clock, text);
    standIn.api.know(GitHubRecords.OWNER + "/" + GitHubRecords.NAME);
    standIn.api.know(AccountRecords.ORGANIZATION + "/works", RepositoryTrait.OF_ORGANIZATION);
    return standIn;
  }

  private Reply answer(Call call) {
    undescribed.addAll(GitHubOperations.problems(call));
    GitHubList.ofPath(call.path()).ifPresent(list -> requests.merge(list, 1, Integer::sum));
    Reply reply = gate.pass(call, this::changed);
    return text == Text.PRETTY && !reply.body().isEmpty()
        ? new Reply(reply.status(), reply.headers(), pretty(reply.body()))
        : reply;
  }

  private Reply changed(Call call) {
    Reply reply = api.answer(call);
    String asked = call.path() + call.queryString();
    for (var change : changes.entrySet()) {
      if (change.getKey().matcher(asked).find()) {
        reply = change.getValue().apply(reply);
      }
    }
    return reply;
  }

  /** From now on what is asked for by these paths and queries is answered otherwise. */
  void answer(String pattern, UnaryOperator<Reply> otherwise) {
    changes.put(Pattern.compile(pattern), otherwise);
  }

  /** From now on what is asked for by these paths and queries is refused. */
  void refuse(String pattern, int status, String message) {
    answer(pattern, reply -> GitHubRefusal.error(status, message));
  }

  /** From now on all is answered as it is. */
  void answerAll() {
    changes.clear();
  }

  private static String pretty(String json) {
    try {
      return PRETTY.writeValueAsString(PRETTY.readValue(json, JsonNode.class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  public URI baseUrl() {
    return server.baseUrl();
  }

  /** The App whose installation tokens are accepted, too. */
  public GitHubApp app() {
    return app;
  }

  /** Serves one more repository, which has nothing in it yet. */
  public void addRepository(String fullName, RepositoryTrait... traits) {
    api.know(fullName, traits);
    StoredRecords repositories = api.records(GitHubList.REPOSITORIES);
    repositories.add(
        SourceRecord.of(
            RepositoryRecords.repository(
                fullName, repositories.all().size(), 0, Set.copyOf(Arrays.asList(traits)))));
  }

  /** Gives a repository, with its issues, another name; it stays the same repository. */
  void rename(String fullName, String newName) {
    api.know(newName);
    for (GitHubList list : List.of(GitHubList.REPOSITORIES, GitHubList.ISSUES)) {
      StoredRecords records = api.records(list);
      String from = fullName.substring(fullName.indexOf('/') + 1);
      String to = newName.substring(newName.indexOf('/') + 1);
      records.replaceAll(
          records.all().stream()
              .map(item -> item.record().json())
              .map(
                  json ->
                      json.contains("/" + fullName + "/")
                          ? json.replace(fullName, newName)
                              .replace("\"name\":\"" + from + "\"", "\"name\":\"" + to + "\"")
                          : json)
              .map(SourceRecord::of)
              .toList());
    }
  }

  /** Serves the commits of a repository out of git. */
  void serve(String repository, GitRepository history) {
    api.know(repository);
    api.serve(repository, history);
  }

  /** Forgets the commits that a forced push has left behind. */
  public void collectGarbage(String fullName) {
    Pushes pushes = api.pushes(fullName);
    pushes.see(api.records(GitHubList.COMMITS).of(fullName));
    pushes.collect();
  }

  /** Serves these people, too, who do not say themselves of which repository they are. */
  public void serve(GitHubList list, String repository, List<SourceRecord> records) {
    records.forEach(record -> api.records(list).add(repository, record));
  }

  /** Serves these records, too; their repositories are those that their URLs name. */
  public void serve(GitHubList list, List<SourceRecord> records) {
    records.forEach(api.records(list)::add);
  }

  /**
   * From now on so many requests are answered before {@code reset}.
   *
   * @param status of all others: GitHub uses 403 and 429
   */
  public void rateLimit(int requests, Instant reset, int status) {
    gate.limit(requests, reset, status);
  }

  /** What GitHub says to who asks too much at once. */
  static Fault secondaryLimit(Duration retryAfter) {
    return fault(SECONDARY_LIMIT.with("Retry-After", String.valueOf(retryAfter.toSeconds())));
  }

  /** The same, and nothing about when to come back. */
  static Fault secondaryLimit() {
    return fault(SECONDARY_LIMIT);
  }

  private static Fault fault(Reply reply) {
    return new Fault.Answer(reply.status(), reply.headers(), reply.body());
  }

  @Override
  public Options connection() {
    return Options.of(Map.of("base_url", baseUrl().toString(), "token", TOKEN));
  }

  /** Those that the connector lists. */
  @Override
  public List<StandInTable> tables() {
    return tables.stream()
        .filter(table -> new GitHubProvider().table(table.name()).isPresent())
        .toList();
  }

  /** Of all lists, whether the connector has a table for it or not. */
  StandInTable table(GitHubList list) {
    return tables.stream()
        .filter(table -> table.name().equals(list.table()))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public Interceptor wire() {
    return wire;
  }

  /** How often pages of the list were asked for, of whichever repository. */
  public int requests(GitHubList list) {
    return requests.getOrDefault(list, 0);
  }

  /** What was asked so far that GitHub does not describe; a test that asks so takes it away. */
  public List<String> takeUndescribed() {
    List<String> taken = List.copyOf(undescribed);
    undescribed.clear();
    return taken;
  }

  /** Fails the test whose requests were other than GitHub describes them. */
  @Override
  public void close() {
    server.close();
    assertThat(takeUndescribed()).as("requests that GitHub does not describe").isEmpty();
  }
}
