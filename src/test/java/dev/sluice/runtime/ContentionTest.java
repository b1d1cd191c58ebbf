package dev.sluice.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.lake.Compression;
import dev.sluice.lake.ObjectStore;
import dev.sluice.lake.ObjectStoreLake;
import dev.sluice.local.LocalCheckpointStore;
import dev.sluice.local.LocalObjectStore;
import dev.sluice.runtime.checkpoint.CheckpointStore;
import dev.sluice.runtime.checkpoint.ContentionException;
import dev.sluice.runtime.lake.PublishedGeneration;
import dev.sluice.runtime.report.Outcome;
import dev.sluice.runtime.report.TableError;
import dev.sluice.runtime.report.TableReport;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores that answer to every replacement that something else was faster. */
class ContentionTest {
  private static final int ATTEMPTS = 100;

  @TempDir Path root;
  private final AtomicInteger refusals = new AtomicInteger();
  private ObjectStore objects;
  private CheckpointStore checkpoints;

  @BeforeEach
  void openStores() {
    objects = new LocalObjectStore(root);
    checkpoints = new LocalCheckpointStore(root.resolve(".sluice"));
  }

  /** The store, except that it replaces nothing. */
  private <T> T refusing(Class<T> type, T store) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (method.getName().equals("replace")) {
                refusals.incrementAndGet();
                return false;
              }
              return method.invoke(store, arguments);
            }));
  }

  private TableReport runWithRefusedCheckpoints(int records) {
    var site = new Site(objects, refusing(CheckpointStore.class, checkpoints));
    return site.run(Ledger.of(records), Site.table("append"));
  }

  private void assertGivesUp(TableReport report) {
    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.error().map(TableError::kind)).contains(TableError.Kind.TRANSIENT);
    assertThat(report.error().map(TableError::message).orElseThrow())
        .contains("checkpoint of books/append")
        .contains(ATTEMPTS + " times")
        .contains("one run at a time");
  }

  @Test
  void newTableWhoseCheckpointKeepsChangingFails() {
    TableReport report = runWithRefusedCheckpoints(10);

    assertGivesUp(report);
    assertThat(refusals).hasValue(ATTEMPTS);
  }

  @Test
  void microbatchWhoseCheckpointKeepsChangingFails() {
    new Site(objects, checkpoints).run(Ledger.of(10), Site.table("append"));

    TableReport report = runWithRefusedCheckpoints(20);

    assertGivesUp(report);
    assertThat(refusals).hasValueLessThanOrEqualTo(ATTEMPTS + 1);
  }

  @Test
  void pointerThatKeepsChangingFails() {
    var lake = new ObjectStoreLake(refusing(ObjectStore.class, objects), Compression.NONE);

    assertThatThrownBy(() -> lake.publish(Site.destination("append"), PublishedGeneration.of(1)))
        .isInstanceOf(ContentionException.class)
        .hasMessageContaining("books/append/current.json")
        .hasMessageContaining(ATTEMPTS + " times");
    assertThat(refusals).hasValue(ATTEMPTS);
    assertThat(lake.current(Site.destination("append"))).isEqualTo(Optional.empty());
  }
}
