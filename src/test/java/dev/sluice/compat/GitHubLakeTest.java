package dev.sluice.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The offsets of the GitHub connector: parents, passes from the newest down, tips, tags. */
class GitHubLakeTest {
  private static final List<Item> ALPHA = issues("1");
  private static final List<Item> BETA = issues("2");

  private final GitHubApi api =
      new GitHubApi()
          .with("acme/alpha/issues", ALPHA)
          .with("acme/beta/issues", BETA)
          .with("acme/alpha/issues/comments", Item.range("", 1, 9))
          .with("acme/alpha/pulls", Item.range("", 1, 20))
          .with("acme/beta/pulls", Item.range("", 1, 16))
          .with("acme/gamma/pulls", Item.range("", 1, 4))
          .with("acme/gamma/pulls/1/reviews", Item.range("", 11, 12))
          .with("acme/gamma/pulls/2/reviews", Item.range("", 21, 21))
          .with("acme/gamma/pulls/4/reviews", Item.range("", 41, 42))
          .with("acme/alpha/commits", Item.range("a", 1, 40))
          .with("acme/beta/commits", Item.range("b", 1, 20))
          .with("acme/gamma/commits", Item.range("c", 1, 5))
          .with("acme/delta/commits", Item.range("d", 1, 5))
          .with("acme/epsilon/commits", Item.range("e", 1, 8))
          .with("acme/alpha/branches", Item.range("a", 1, 5))
          .with("acme/beta/branches", Item.range("b", 1, 9))
          .with("acme/alpha/assignees", Item.range("1", 1, 4))
          .with("acme/beta/assignees", Item.range("2", 1, 2))
          .with("user/orgs", Item.range("", 1, 4));
  private final Source source = Source.start(api);
  @TempDir Path folder;

  @AfterEach
  void close() {
    source.close();
  }

  private static List<Item> issues(String prefix) {
    return Item.range(prefix, 101, 109).stream()
        .map(item -> new Item(item.key(), item.at().minus(Duration.ofMinutes(100)), 0))
        .toList();
  }

  private static List<String> names(List<Item> some, List<Item> more) {
    return Item.names(Stream.concat(some.stream(), more.stream()).toList());
  }

  private String first(String path) {
    return source.first("/repos/acme/" + path);
  }

  /** {@code round}: in the middle of a round, at its first parent. */
  @ParameterizedTest
  @ValueSource(strings = {"issues", "round"})
  void everyParentGoesOnFromItsOwnOffset(String table) {
    Item changed = ALPHA.getFirst().changed(Duration.ofMinutes(30));
    api.with("acme/alpha/issues", Item.and(ALPHA.subList(1, 9), changed));
    var past = Past.of(folder, "github", source);

    past.sync(table);

    assertThat(first("alpha/issues")).endsWith("&direction=asc&since=2026-01-10T00:04:00Z");
    assertThat(first("beta/issues"))
        .endsWith(table.equals("round") ? "&direction=asc" : "&since=2026-01-09T23:58:00Z");
    assertThat(past.records(table))
        .containsExactlyInAnyOrderElementsOf(names(Item.and(ALPHA, changed), BETA));
  }

  @Test
  void completeRoundBeginsTheNextOne() {
    var past = Past.of(folder, "github", source);

    var report = past.sync("comments");

    assertThat(report.path("records").asInt()).isZero();
    assertThat(first("alpha/issues/comments")).endsWith("&since=2026-01-10T00:04:00Z");
  }

  @Test
  void firstPassFromTheNewestDownGoesOnWithItsPage() {
    var past = Past.of(folder, "github", source);

    past.sync("pull_requests");

    assertThat(first("alpha/pulls"))
        .isEqualTo(
            "GET /repos/acme/alpha/pulls?direction=desc&page=3&per_page=3&sort=updated&state=all");
    assertThat(past.records("pull_requests"))
        .containsExactlyInAnyOrderElementsOf(Item.names(Item.range("", 1, 20)));
  }

  @Test
  void laterPassFromTheNewestDownEndsWhereTheLastOneBegan() {
    var past = Past.of(folder, "github", source);

    past.sync("later_pulls");

    assertThat(source.requests())
        .anyMatch(line -> line.contains("page=4"))
        .noneMatch(line -> line.contains("page=6"));
    assertThat(past.records("later_pulls"))
        .containsExactlyInAnyOrderElementsOf(Item.names(Item.range("", 1, 16)));
  }

  @Test
  void childrenOfWhatIsNewAreRead() {
    var past = Past.of(folder, "github", source);

    past.sync("reviews");

    assertThat(source.requests())
        .noneMatch(line -> line.contains("pulls/1/"))
        .anyMatch(line -> line.contains("pulls/4/reviews"));
    assertThat(past.records("reviews"))
        .containsExactlyInAnyOrder("11@0", "12@0", "21@0", "41@0", "42@0");
  }

  @Test
  void historyOfATipGoesOnBehindItsWindows() {
    var past = Past.of(folder, "github", source);

    past.sync("commits");

    assertThat(first("alpha/commits"))
        .isEqualTo("GET /repos/acme/alpha/commits?per_page=100&sha=a40&page=1");
    assertThat(past.records("commits"))
        .containsExactlyInAnyOrderElementsOf(Item.names(Item.range("a", 1, 40)));
  }

  @Test
  void comparisonOfTipsGoesOnWithItsNextPage() {
    var past = Past.of(folder, "github", source);

    past.sync("compared_commits");

    assertThat(first("beta/"))
        .isEqualTo("GET /repos/acme/beta/compare/b10...b20?per_page=3&page=3");
    assertThat(past.records("compared_commits"))
        .containsExactlyInAnyOrderElementsOf(Item.names(Item.range("b", 1, 20)));
  }

  @Test
  void knownTipIsComparedWithTheNewOne() {
    api.with("acme/gamma/commits", Item.range("c", 1, 6));
    var past = Past.of(folder, "github", source);

    past.sync("complete_commits");

    assertThat(source.requests())
        .anyMatch(line -> line.contains("/compare/c5...c6"))
        .noneMatch(line -> line.contains("sha="));
    assertThat(past.records("complete_commits"))
        .containsExactlyInAnyOrderElementsOf(Item.names(Item.range("c", 1, 6)));
  }

  @Test
  void whatAFailedReadDeliveredEarlyIsNotDeliveredAgain() {
    var past = Past.of(folder, "github", source);

    past.sync("early_commits");

    assertThat(past.records("early_commits"))
        .containsExactlyInAnyOrderElementsOf(names(Item.range("d", 1, 5), Item.range("e", 1, 8)));
  }

  @Test
  void snapshotOfParentsGoesOnWithinOne() {
    var past = Past.of(folder, "github", source);

    past.sync("branches");

    assertThat(source.requests()).noneMatch(line -> line.contains("alpha/branches"));
    assertThat(past.records("branches"))
        .containsExactlyInAnyOrderElementsOf(names(Item.range("a", 1, 5), Item.range("b", 1, 9)));
  }

  /** What was asked then holds for the table's schema, too: one that differs is read again. */
  @ParameterizedTest
  @ValueSource(strings = {"assignees", "organizations"})
  void snapshotThatHasNotChangedIsNotReadAgain(String table) {
    var past = Past.of(folder, "github", source);

    var report = past.sync(table);

    assertThat(report.path("records").asInt()).isZero();
    assertThat(source.requests()).isNotEmpty().doesNotHaveDuplicates();
    assertThat(past.current(table)).isEqualTo(1);
    assertThat(past.state()).isEqualTo(past.stateThen());
  }

  @Test
  void snapshotThatHasChangedIsReadAgain() {
    api.with("user/orgs", Item.range("", 1, 5));
    var past = Past.of(folder, "github", source);

    past.sync("organizations");

    assertThat(past.current("organizations")).isEqualTo(2);
    assertThat(past.records("organizations"))
        .containsExactlyInAnyOrderElementsOf(Item.names(Item.range("", 1, 5)));
  }
}
