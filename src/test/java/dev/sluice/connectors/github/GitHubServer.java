package dev.sluice.connectors.github;

import dev.sluice.spi.SourceRecord;
import dev.sluice.testkit.Call;
import dev.sluice.testkit.Reply;
import dev.sluice.testkit.StandInServer;
import dev.sluice.testkit.Wire;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;

/**
 * GitHub's REST API as far as the connector uses it: it lists whatever records it is given, with
 * GitHub's filters, orders, pages, limits, entity tags and errors.
 */
public final class GitHubServer implements AutoCloseable {
  public static final String TOKEN = "ghp_aStandInsOwnToken";

  private final Function<GitHubTable, List<SourceRecord>> records;
  private final Function<GitHubTable, Integer> largestPage;
  private final GitHubRateLimit limit = new GitHubRateLimit();
  private final StandInServer server;

  /**
   * Starts on a port, 0 for a free one.
   *
   * @param largestPage GitHub's is 100 in every table
   */
  GitHubServer(
      int port,
      Wire wire,
      Function<GitHubTable, List<SourceRecord>> records,
      Function<GitHubTable, Integer> largestPage) {
    this.records = records;
    this.largestPage = largestPage;
    this.server = StandInServer.start(port, wire, "page", this::answer);
  }

  URI url() {
    return server.baseUrl();
  }

  GitHubRateLimit limit() {
    return limit;
  }

  private Reply answer(Call call) {
    if (!call.header("authorization").equals(Optional.of("Bearer " + TOKEN))) {
      return error(401, "Bad credentials");
    }
    Optional<Reply> refusal = limit.refusal();
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Reply reply = unlimited(call);
    return reply.status() == 304 ? reply.with(limit.headers()) : reply.with(limit.used());
  }

  private Reply unlimited(Call call) {
    Optional<GitHubTable> table = route(call.path());
    if (table.isEmpty()) {
      return error(404, "Not Found");
    }
    try {
      Reply reply = list(call, table.get());
      String tag = tag(reply.body());
      return call.header("if-none-match").equals(Optional.of(tag))
          ? new Reply(304, Map.of("ETag", tag), "")
          : reply.with("ETag", tag);
    } catch (DateTimeException | IllegalArgumentException e) {
      return error(422, "Validation Failed");
    }
  }

  private static Optional<GitHubTable> route(String path) {
    String[] parts = path.substring(1).split("/", -1);
    return switch (parts.length) {
      case 3 ->
          (parts[0].equals("users") || parts[0].equals("orgs")) && parts[2].equals("repos")
              ? Optional.of(GitHubTable.REPOSITORIES)
              : Optional.empty();
      case 4, 5 -> parts[0].equals("repos") ? ofRepository(path, parts) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<GitHubTable> ofRepository(String path, String[] parts) {
    if (parts[2].equals("unknown")) {
      return Optional.empty();
    }
    return switch (path.substring(("/repos/" + parts[1] + "/" + parts[2]).length())) {
      case "/issues" -> Optional.of(GitHubTable.ISSUES);
      case "/issues/comments" -> Optional.of(GitHubTable.COMMENTS);
      case "/commits" -> Optional.of(GitHubTable.COMMITS);
      case "/branches" -> Optional.of(GitHubTable.BRANCHES);
      default -> Optional.empty();
    };
  }

  private Reply list(Call call, GitHubTable table) {
    List<SourceRecord> found = select(call, table);
    int size = Math.min(number(call, "per_page", 30), largestPage.apply(table));
    int page = number(call, "page", 1);
    int from = (int) Math.min(found.size(), (page - 1L) * size);
    int to = Math.min(found.size(), from + size);
    String body =
        found.subList(from, to).stream()
            .map(SourceRecord::json)
            .collect(Collectors.joining(",", "[", "]"));
    int pages = Math.max(1, Math.ceilDiv(found.size(), size));
    String links = links(call, page, pages);
    Reply reply = Reply.json(200, body);
    return links.isEmpty() ? reply : reply.with("Link", links);
  }

  private static int number(Call call, String parameter, int otherwise) {
    return call.query(parameter)
        .map(Integer::parseInt)
        .filter(value -> value > 0)
        .orElse(otherwise);
  }

  private List<SourceRecord> select(Call call, GitHubTable table) {
    List<SourceRecord> all = records.apply(table);
    return switch (table) {
      case ISSUES -> updated(call, all.stream().filter(record -> hasState(call, record)).toList());
      case COMMENTS -> updated(call, all);
      case COMMITS -> {
        Optional<Instant> since = instant(call, "since");
        Optional<Instant> until = instant(call, "until");
        yield all.stream()
            .filter(commit -> since.isEmpty() || !committed(commit).isBefore(since.get()))
            .filter(commit -> until.isEmpty() || !committed(commit).isAfter(until.get()))
            .sorted(Comparator.comparing(GitHubServer::committed).reversed())
            .toList();
      }
      case REPOSITORIES, BRANCHES -> all;
    };
  }

  private static boolean hasState(Call call, SourceRecord issue) {
    String state = call.query("state").orElse("open");
    return switch (state) {
      case "all" -> true;
      case "open", "closed" -> issue.text("state").equals(Optional.of(state));
      default -> throw new IllegalArgumentException(state);
    };
  }

  private static List<SourceRecord> updated(Call call, List<SourceRecord> all) {
    Optional<Instant> since = instant(call, "since");
    String field = call.query("sort").orElse("created") + "_at";
    Comparator<SourceRecord> order = Comparator.comparing(record -> instant(record, field));
    return all.stream()
        .filter(record -> since.isEmpty() || !instant(record, "updated_at").isBefore(since.get()))
        .sorted(call.query("direction").equals(Optional.of("asc")) ? order : order.reversed())
        .toList();
  }

  private static Optional<Instant> instant(Call call, String parameter) {
    return call.query(parameter).map(text -> OffsetDateTime.parse(text).toInstant());
  }

  private static Instant instant(SourceRecord record, String field) {
    return Instant.parse(record.text(field).orElseThrow());
  }

  private static Instant committed(SourceRecord commit) {
    return instant(commit, "commit.committer.date");
  }

  private static String links(Call call, int page, int pages) {
    var links = new TreeMap<String, Integer>();
    if (page > 1) {
      links.put("first", 1);
      links.put("prev", Math.min(page - 1, pages));
    }
    if (page < pages) {
      links.put("next", page + 1);
      links.put("last", pages);
    }
    return links.entrySet().stream()
        .map(link -> "<%s>; rel=\"%s\"".formatted(page(call, link.getValue()), link.getKey()))
        .collect(Collectors.joining(", "));
  }

  private static String page(Call call, int page) {
    String rest =
        call.query().entrySet().stream()
            .filter(parameter -> !parameter.getKey().equals("page"))
            .map(parameter -> parameter.getKey() + "=" + encode(parameter.getValue()) + "&")
            .collect(Collectors.joining());
    return "%s%s?%spage=%d".formatted(call.baseUrl(), call.path(), rest, page);
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private static String tag(String body) {
    var digest = new CRC32C();
    digest.update(body.getBytes(StandardCharsets.UTF_8));
    return "W/\"%08x\"".formatted(digest.getValue());
  }

  static Reply error(int status, String message) {
    return Reply.json(
        status,
        "{\"message\":\"%s\",\"documentation_url\":\"https://docs.github.com/rest\",\"status\":\"%d\"}"
            .formatted(message, status));
  }

  @Override
  public void close() {
    server.close();
  }
}
