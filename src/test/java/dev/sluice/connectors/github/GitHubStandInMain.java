package dev.sluice.connectors.github;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.connectors.github.GitHubStandIn.Text;
import dev.sluice.spi.SourceRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Starts the stand-in by hand: {@code --port N}, {@code --pretty}, {@code --rate-limit REQUESTS},
 * {@code --folder FOLDER} of {@link RealRecords}, and {@code --issues FILE}, {@code
 * --pull_requests}, {@code --comments} and so on, each a JSON array. Serves until it is killed.
 */
public final class GitHubStandInMain {
  private GitHubStandInMain() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<String> given = new ArrayList<>(Arrays.asList(arguments));
    Text text = given.remove("--pretty") ? Text.PRETTY : Text.COMPACT;
    int port = Integer.parseInt(take(given, "--port", "0"));
    int limit = Integer.parseInt(take(given, "--rate-limit", "1000000000"));
    GitHubStandIn standIn = GitHubStandIn.start(port, InstantSource.system(), text);
    standIn.rateLimit(limit, Instant.now().plusSeconds(3600), 403);
    String folder = take(given, "--folder", "");
    if (!folder.isEmpty()) {
      RealRecords.of(Path.of(folder)).serveBy(standIn);
    }
    for (GitHubList list : GitHubList.values()) {
      String file = take(given, "--" + list.table(), "");
      if (!file.isEmpty()) {
        List<SourceRecord> records = records(Path.of(file));
        standIn.serve(list, records);
        System.out.printf("%d %s from %s%n", records.size(), list, file);
      }
    }
    if (!given.isEmpty()) {
      throw new IllegalArgumentException("Unknown arguments: " + given);
    }
    System.out.printf("base_url: %s%ntoken: %s%n", standIn.baseUrl(), GitHubStandIn.TOKEN);
    new CountDownLatch(1).await();
  }

  private static String take(List<String> arguments, String name, String otherwise) {
    int at = arguments.indexOf(name);
    if (at < 0) {
      return otherwise;
    }
    arguments.remove(at);
    return arguments.remove(at);
  }

  /** The elements of an array, each with the very bytes that it has in the file. */
  public static List<SourceRecord> records(Path file) throws IOException {
    byte[] json = Files.readAllBytes(file);
    List<SourceRecord> records = new ArrayList<>();
    try (JsonParser parser = new JsonMapper().createParser(json)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw new IllegalArgumentException(file + " holds no JSON array");
      }
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        records.add(
            SourceRecord.slice(json, start, (int) parser.currentLocation().getByteOffset()));
      }
    }
    return records;
  }
}
