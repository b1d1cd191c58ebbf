package dev.sluice.connectors.github.table;

import dev.sluice.rest.strategy.PerParent;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Offset;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.Table;

/** A table of repositories, which is read one repository after the other. */
interface RepositoryTable extends GitHubTable {

  /** Reads the records of one repository; every record gets its name. */
  Offset read(RepositoryRead read, Offset start, RecordEmitter out);

  @Override
  default Offset read(GitHub gitHub, Table table, Offset start, RecordEmitter out) {
    return perRepository(gitHub, table, (id, from, to) -> readOrSkip(gitHub, table, id, from, to))
        .read(start, out);
  }

  static PerParent perRepository(GitHub gitHub, Table table, PerParent.Children children) {
    return PerParent.of(gitHub.context(), () -> gitHub.repositories(table).parents(), children);
  }

  /** Returns the read of the repository with an id of {@link Repositories#parents}. */
  static RepositoryRead of(GitHub gitHub, Table table, String id) {
    Repository repository = gitHub.repositories(table).byId(id);
    return new RepositoryRead(gitHub.context(), gitHub.api(), repository, table.options());
  }

  /**
   * Reads the repository, or skips it: a pattern may match repositories that are blocked, or where
   * the feature to be read is switched off. GitHub refuses the first request of such a one. Where
   * it has answered before, now or in an earlier run, a refusal is a failure: what was not read
   * would seem not to be there.
   */
  private Offset readOrSkip(
      GitHub gitHub, Table table, String id, Offset start, RecordEmitter out) {
    RepositoryRead read = of(gitHub, table, id);
    String key = read.repository().key();
    long answered = gitHub.api().answered();
    try {
      return read(read, start, read.repository().naming(out));
    } catch (ConnectorException e) {
      if (gitHub.api().answered() > answered) {
        gitHub.repositories(table).mustNotSkip(key);
      }
      if (!start.isStart() || !gitHub.repositories(table).maySkip(key, e)) {
        throw e;
      }
      gitHub
          .context()
          .listener()
          .warning(
              "Repository %s cannot be read and is left out: %s".formatted(key, e.getMessage()));
      return start;
    }
  }
}
