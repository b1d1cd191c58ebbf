package dev.sluice.connectors.github;

import dev.sluice.spi.Options;
import dev.sluice.testkit.StandIn;
import dev.sluice.testkit.StandInTable;
import dev.sluice.testkit.Wire;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** {@link GitHubServer} under the kit's control. */
final class GitHubStandIn implements StandIn {
  private final Map<GitHubTable, GitHubStandInTable> tables = new EnumMap<>(GitHubTable.class);
  private final Wire wire = new Wire();
  private final GitHubServer server;

  GitHubStandIn() {
    Arrays.stream(GitHubTable.values())
        .forEach(table -> tables.put(table, new GitHubStandInTable(table)));
    server =
        new GitHubServer(0, wire, table -> of(table).records(), table -> of(table).largestPage());
  }

  private GitHubStandInTable of(GitHubTable table) {
    return Objects.requireNonNull(tables.get(table));
  }

  @Override
  public Options connection() {
    return Options.of(Map.of("base_url", server.url().toString(), "token", GitHubServer.TOKEN));
  }

  @Override
  public List<StandInTable> tables() {
    return List.copyOf(tables.values());
  }

  @Override
  public Wire wire() {
    return wire;
  }

  GitHubServer server() {
    return server;
  }

  @Override
  public void close() {
    server.close();
  }
}
