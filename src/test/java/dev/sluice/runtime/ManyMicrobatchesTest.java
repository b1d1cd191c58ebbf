package dev.sluice.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.lake.Compression;
import dev.sluice.lake.ObjectStore;
import dev.sluice.lake.ObjectStoreLake;
import dev.sluice.local.LocalCheckpointStore;
import dev.sluice.local.LocalObjectStore;
import dev.sluice.runtime.checkpoint.Checkpoint;
import dev.sluice.runtime.checkpoint.CheckpointStore;
import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.runtime.lake.BatchLog;
import dev.sluice.runtime.lake.BatchMetadata;
import dev.sluice.runtime.lake.PendingBatch;
import dev.sluice.runtime.lake.PublishedGeneration;
import dev.sluice.runtime.report.Outcome;
import dev.sluice.runtime.report.TableReport;
import dev.sluice.spi.Offset;
import dev.sluice.spi.SourceRecord;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run with nothing new asks the same, however many microbatches its table has. */
class ManyMicrobatchesTest {
  private static final int MANY = 2000;

  @TempDir(factory = FastFolder.class)
  Path root;

  @Test
  void folderIsAskedAsOftenForManyAsForFew() {
    List<String> few = asked(new LocalObjectStore(root.resolve("few")), 10);
    List<String> many = asked(new LocalObjectStore(root.resolve("many")), MANY);

    assertThat(many).isEqualTo(few);
  }

  /** The calls of a run that finds so many microbatches and nothing new. */
  private List<String> asked(ObjectStore store, int microbatches) {
    var checkpoints = new LocalCheckpointStore(root.resolve("checkpoints-" + store.hashCode()));
    fill(store, checkpoints, microbatches);
    new Site(store, checkpoints).run(Ledger.of(microbatches), Site.table("append"));
    var calls = new ArrayList<String>();

    TableReport report =
        new Site(counted(store, calls), checkpoints)
            .run(Ledger.of(microbatches), Site.table("append"));

    assertThat(report.outcome()).isEqualTo(Outcome.CAUGHT_UP);
    assertThat(report.records()).isZero();
    assertThat(report.before().sequence()).isEqualTo(microbatches);
    return calls;
  }

  private static void fill(ObjectStore store, CheckpointStore checkpoints, int microbatches) {
    var lake = new ObjectStoreLake(store, Compression.NONE);
    BatchLog log = lake.log(Site.destination("append"), Flow.DATA);
    for (int number = 1; number <= microbatches; number++) {
      try (PendingBatch batch = log.begin(1)) {
        batch.write(SourceRecord.of("{\"id\":%d}".formatted(number)));
        log.commit(1, number, batch, metadata(number));
      }
    }
    lake.publish(Site.destination("append"), PublishedGeneration.of(1));
    checkpoints.replace(
        Site.destination("append"),
        Flow.DATA,
        Optional.empty(),
        new Checkpoint(1, microbatches, metadata(microbatches).end()));
  }

  private static BatchMetadata metadata(int number) {
    return new BatchMetadata(
        BatchMetadata.Kind.RECORDS,
        Offset.parse("{\"after\":%d}".formatted(number)),
        "run-0",
        1,
        Optional.empty());
  }

  private static ObjectStore counted(ObjectStore store, List<String> calls) {
    return (ObjectStore)
        Proxy.newProxyInstance(
            ObjectStore.class.getClassLoader(),
            new Class<?>[] {ObjectStore.class},
            (proxy, method, arguments) -> {
              Object answer = method.invoke(store, arguments);
              int size = answer instanceof List<?> keys ? keys.size() : 1;
              calls.add("%s of %d".formatted(method.getName(), size));
              return answer;
            });
  }
}
