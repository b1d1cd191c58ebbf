package dev.sluice.connectors.github;

import dev.sluice.spi.SourceRecord;
import dev.sluice.testkit.RowSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Records of a folder, by list: of each list a file that is named as the last part of its URL, such
 * as {@code pulls.json} or {@code jenkinsci_jenkins.commits.json}, a JSON array each.
 */
record RealRecords(Map<GitHubList, List<SourceRecord>> records) {
  private static final int MADE_UP = 40;

  static RealRecords of(Path folder) throws IOException {
    var records = new EnumMap<GitHubList, List<SourceRecord>>(GitHubList.class);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        Optional<GitHubList> list = list(file.getFileName().toString());
        if (list.isPresent()) {
          records
              .computeIfAbsent(list.get(), none -> new ArrayList<>())
              .addAll(GitHubStandInMain.records(file));
        }
      }
    }
    return new RealRecords(records).withReviewedPulls();
  }

  private static Optional<GitHubList> list(String file) {
    return Stream.of(GitHubList.values())
        .filter(
            list -> {
              String name = list == GitHubList.PULL_REQUESTS ? "pulls" : list.table();
              return file.equals(name + ".json") || file.endsWith("." + name + ".json");
            })
        .findFirst();
  }

  static RealRecords madeUp() {
    var records = new EnumMap<GitHubList, List<SourceRecord>>(GitHubList.class);
    for (GitHubList list : GitHubList.values()) {
      if (list.isTold() && list != GitHubList.USERS) {
        records.put(
            list,
            IntStream.range(0, MADE_UP)
                .mapToObj(key -> GitHubRecords.of(list, RowSpec.of(key, instant(key))))
                .toList());
      }
    }
    return new RealRecords(records);
  }

  /** Four of a kind, one and a half minutes after the last four. */
  private static Instant instant(int key) {
    return Instant.ofEpochSecond(1_700_000_000 + key / 4 * 90L);
  }

  /** Reviews are found by their pull request: where it is missing, it is made up. */
  private RealRecords withReviewedPulls() {
    List<SourceRecord> pulls =
        new ArrayList<>(records.getOrDefault(GitHubList.PULL_REQUESTS, List.of()));
    for (SourceRecord review : records.getOrDefault(GitHubList.REVIEWS, List.of())) {
      String url = review.text("pull_request_url").orElseThrow();
      if (pulls.stream().noneMatch(pull -> pull.text("url").orElse("").equals(url))) {
        String[] parts = url.split("/", -1);
        int number = Integer.parseInt(parts[parts.length - 1]);
        String repository = parts[parts.length - 4] + "/" + parts[parts.length - 3];
        pulls.add(
            SourceRecord.of(
                PullRecords.pull(repository, number, instant(pulls.size()), "Made up", true)));
      }
    }
    var all = new EnumMap<>(records);
    all.put(GitHubList.PULL_REQUESTS, pulls);
    return new RealRecords(all);
  }

  List<SourceRecord> of(GitHubList list) {
    return records.getOrDefault(list, List.of());
  }

  void serveBy(GitHubStandIn gitHub) {
    records.forEach(gitHub::serve);
  }
}
