package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runtime.checkpoint.CheckpointStore;
import dev.sluice.runtime.checkpoint.CheckpointStoreContract;
import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.checkpoint.Lease;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalCheckpointStoreTest extends CheckpointStoreContract {
  @TempDir Path root;

  @Override
  protected CheckpointStore store() {
    return new LocalCheckpointStore(root, () -> now);
  }

  @Override
  protected Destination table() {
    return new Destination("acme", "../users");
  }

  @Test
  void leaseOfADeadProcessIsFree() throws Exception {
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    var gone = new ProcessId(ProcessId.own().machine(), dead.pid(), 1);
    Path folder = Files.createDirectories(root.resolve("tables").resolve(table().key()));
    Files.writeString(folder.resolve("lease.json"), new LeaseFile("killed", LATER, gone).json());

    assertThat(store().acquire(table(), "next", LATER)).isEqualTo(new Lease.Held());
  }

  @Test
  void leaseOfAnEarlierReleaseKeepsOthersAway() throws Exception {
    Path folder = Files.createDirectories(root.resolve("tables").resolve(table().key()));
    Files.writeString(
        folder.resolve("lease.json"),
        "{\"run_id\":\"earlier\",\"until\":\"%s\",\"epoch\":7,\"process\":\"%s\"}\n"
            .formatted(LATER, ProcessId.own()));

    assertThat(store().acquire(table(), "next", LATER))
        .isEqualTo(new Lease.Taken("earlier", LATER, Optional.empty()));
  }
}
