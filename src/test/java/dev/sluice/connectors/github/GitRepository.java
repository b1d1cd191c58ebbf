package dev.sluice.connectors.github;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.connectors.github.StoredRecords.Item;
import dev.sluice.spi.SourceRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The commits of a repository in git itself, which lists them as GitHub does: a bound of time ends
 * a walk at the first commit behind it, whatever comes after.
 */
final class GitRepository {
  private final Path folder;
  private final StringBuilder stream = new StringBuilder();

  /** An empty one in an empty folder. */
  GitRepository(Path folder) {
    this.folder = folder;
    git("", "init", "-q", "--bare", folder.toString());
  }

  /** Makes a commit. Commits are numbered from 1. */
  GitRepository commit(int number, Instant committed, Integer... parents) {
    stream.append("reset refs/heads/work\n");
    stream.append("commit refs/heads/work\nmark :%d\n".formatted(number));
    stream.append(
        "committer Mona <mona@example.com> %d +0000\n".formatted(committed.getEpochSecond()));
    String message = "Change " + number;
    stream.append("data %d\n%s\n".formatted(message.length(), message));
    for (int i = 0; i < parents.length; i++) {
      stream.append("%s :%d\n".formatted(i == 0 ? "from" : "merge", parents[i]));
    }
    return this;
  }

  /** Lets the branch point to a commit. */
  GitRepository push(int number) {
    stream.append("reset refs/heads/main\nfrom :%d\n\n".formatted(number));
    String marks = folder.resolve("marks").toString();
    git(
        stream.toString(),
        "fast-import",
        "--quiet",
        "--force",
        "--import-marks-if-exists=" + marks,
        "--export-marks=" + marks);
    stream.setLength(0);
    return this;
  }

  /** What the branch reaches. */
  List<String> history() {
    return rev("main").stream().map(item -> item.text("/sha")).toList();
  }

  /** What a commit or a branch reaches, newest first, as far as git goes within the bounds. */
  List<Item> history(String ref, Optional<Instant> since, Optional<Instant> until) {
    List<String> arguments = new ArrayList<>();
    since.ifPresent(at -> arguments.add("--since=" + at));
    until.ifPresent(at -> arguments.add("--until=" + at));
    arguments.add(ref);
    return rev(arguments.toArray(String[]::new));
  }

  /** What the head reaches and the base does not, oldest first. */
  List<Item> comparison(String base, String head) {
    return rev("--reverse", head, "^" + base);
  }

  private List<Item> rev(String... arguments) {
    List<String> all =
        new ArrayList<>(List.of("rev-list", "--no-commit-header", "--format=%H %ct %P"));
    all.addAll(Arrays.asList(arguments));
    all.add("--");
    return git("", all.toArray(String[]::new))
        .lines()
        .map(line -> item(line.split(" ", -1)))
        .toList();
  }

  private static Item item(String[] commit) {
    String parents =
        Arrays.stream(commit)
            .skip(2)
            .filter(sha -> !sha.isEmpty())
            .map("{\"sha\":\"%s\"}"::formatted)
            .collect(Collectors.joining(","));
    SourceRecord record =
        SourceRecord.of(
            "{\"sha\":\"%s\",\"commit\":{\"committer\":{\"date\":\"%s\"}},\"parents\":[%s]}"
                .formatted(commit[0], Instant.ofEpochSecond(Long.parseLong(commit[1])), parents));
    JsonNode tree = record.tree();
    return new Item(record, tree);
  }

  /** Runs git; a commit that it does not know is refused as GitHub refuses it. */
  private String git(String input, String... arguments) {
    List<String> command = new ArrayList<>(List.of("git", "--git-dir=" + folder));
    command.addAll(Arrays.asList(arguments));
    var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
    builder.environment().put("HOME", folder.toString());
    try {
      Process process = builder.start();
      try (var in = process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      }
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw GitHubRefusal.of(404, "No commit found for SHA");
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
