package dev.sluice.connectors.github;

import dev.sluice.spi.ConnectorContext;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Deadline;
import dev.sluice.spi.Namespace;
import dev.sluice.spi.Offset;
import dev.sluice.spi.Options;
import dev.sluice.spi.RecordEmitter;
import dev.sluice.spi.RequestListener;
import dev.sluice.spi.SourceRecord;
import dev.sluice.spi.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** One table of a stand-in, read as the runtime does, invocation by invocation. */
final class GitHubReader {
  private static final int MOST_BATCHES = 300;

  private final GitHubStandIn gitHub;
  private final Table table;
  private final Options connection;
  private final int cap;
  private final List<SourceRecord> records = new ArrayList<>();
  private final Consumer<String> warnings;
  private Offset offset = Offset.START;

  private GitHubReader(
      GitHubStandIn gitHub, Table table, Options connection, int cap, Consumer<String> warnings) {
    this.gitHub = gitHub;
    this.table = table;
    this.connection = connection;
    this.cap = cap;
    this.warnings = warnings;
  }

  static GitHubReader of(GitHubStandIn gitHub, String table) {
    return new GitHubReader(
        gitHub, Table.named(table), gitHub.connection(), Integer.MAX_VALUE, text -> {});
  }

  /** Of the repository {@code octo/hello}. */
  static GitHubReader ofHello(GitHubStandIn gitHub, String table) {
    return of(gitHub, table).with("owner", "octo").with("repo", "hello");
  }

  GitHubReader with(String option, String value) {
    return new GitHubReader(
        gitHub, table.with(table.options().with(option, value)), connection, cap, warnings);
  }

  GitHubReader in(Namespace namespace) {
    return new GitHubReader(
        gitHub, new Table(namespace, table.name(), table.options()), connection, cap, warnings);
  }

  GitHubReader connectedBy(Options connection) {
    return new GitHubReader(
        gitHub, table, connection.with("base_url", gitHub.baseUrl().toString()), cap, warnings);
  }

  GitHubReader warningTo(Consumer<String> warnings) {
    return new GitHubReader(gitHub, table, connection, cap, warnings);
  }

  /** Where the reads so far have ended. */
  Offset offset() {
    return offset;
  }

  /** Goes on from there. */
  GitHubReader from(Offset saved) {
    offset = saved;
    return this;
  }

  GitHubReader cap(int most) {
    return new GitHubReader(gitHub, table, connection, most, warnings);
  }

  /** One invocation; returns the records that it committed, and keeps those of a broken one. */
  List<SourceRecord> read(Instant startedAt) {
    return read(startedAt, MOST_BATCHES);
  }

  /** An invocation that may end after so many microbatches. */
  List<SourceRecord> read(Instant startedAt, int batches) {
    return connected(
        startedAt,
        connector -> {
          List<SourceRecord> all = new ArrayList<>();
          for (int i = 0; i < batches; i++) {
            var batch = new Batch(cap);
            Offset end;
            try {
              end = connector.readTable(table, offset, batch);
            } catch (ConnectorException e) {
              end = batch.cut().filter(reached -> !reached.equals(offset)).orElseThrow(() -> e);
              if (e.resumeAt().isPresent()) {
                commit(batch, end);
                throw e;
              }
            }
            if (end.equals(offset)) {
              return all;
            }
            commit(batch, end);
            all.addAll(batch.records);
          }
          if (batches >= MOST_BATCHES) {
            throw new AssertionError("The offset does not come to rest: " + offset);
          }
          return all;
        });
  }

  private void commit(Batch batch, Offset end) {
    offset = end;
    records.addAll(batch.records);
  }

  /** Whether an invocation finds that nothing has changed since the reads so far. */
  boolean isUnchanged(Instant startedAt) {
    return connected(startedAt, connector -> connector.isUnchanged(table, offset));
  }

  <T> T connected(Instant startedAt, Function<GitHubConnector, T> use) {
    InstantSource clock = InstantSource.fixed(startedAt);
    var context =
        new ConnectorContext(
            connection.with("retry_pause_millis", "0"),
            startedAt,
            Deadline.after(Duration.ofMinutes(15), clock),
            clock,
            new RequestListener() {
              @Override
              public void warning(String message) {
                warnings.accept(message);
              }
            });
    try (var connector = (GitHubConnector) new GitHubProvider().create(context)) {
      return use.apply(connector);
    }
  }

  /** A microbatch that a failed read can be cut to, as in the runtime. */
  private static final class Batch implements RecordEmitter {
    private final int cap;
    private final List<SourceRecord> records = new ArrayList<>();
    private Optional<Offset> marked = Optional.empty();
    private int recordsAtMark;

    Batch(int cap) {
      this.cap = cap;
    }

    @Override
    public void emit(SourceRecord record) {
      records.add(record);
    }

    @Override
    public boolean wantsMore() {
      return records.size() < cap;
    }

    @Override
    public void mark(Offset reached) {
      marked = Optional.of(reached);
      recordsAtMark = records.size();
    }

    Optional<Offset> cut() {
      marked.ifPresent(at -> records.subList(recordsAtMark, records.size()).clear());
      return marked;
    }
  }

  /** All that was committed so far. */
  List<SourceRecord> records() {
    return records;
  }

  static List<String> texts(List<SourceRecord> records, String field) {
    return records.stream().map(record -> record.text(field).orElse("")).toList();
  }
}
