package dev.sluice.connectors.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.spi.SourceRecord;
import dev.sluice.spi.Table;
import dev.sluice.testkit.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Serves files of records until it is stopped: {@code PORT TABLE=FILE ...}, each file a JSON array.
 */
public final class GitHubServerByHand {
  private GitHubServerByHand() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Map<GitHubTable, List<SourceRecord>> records = new EnumMap<>(GitHubTable.class);
    for (String argument : List.of(arguments).subList(1, arguments.length)) {
      String[] parts = argument.split("=", 2);
      records.put(GitHubTable.of(Table.named(parts[0])), read(Path.of(parts[1])));
    }
    var server =
        new GitHubServer(
            Integer.parseInt(arguments[0]),
            new Wire(),
            table -> records.getOrDefault(table, List.of()),
            table -> 100);
    System.out.println(server.url() + " serves " + records.keySet());
    System.out.println("The token is " + GitHubServer.TOKEN);
    Thread.currentThread().join();
  }

  /** The records of a file. */
  public static List<SourceRecord> read(Path file) throws IOException {
    List<SourceRecord> records = new ArrayList<>();
    var mapper = new ObjectMapper();
    for (JsonNode record : mapper.readTree(Files.readAllBytes(file))) {
      records.add(SourceRecord.of(mapper.writeValueAsString(record)));
    }
    return records;
  }
}
