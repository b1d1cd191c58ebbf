package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.runtime.checkpoint.CheckpointStore;
import dev.sluice.runtime.checkpoint.CheckpointStoreContract;
import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.runtime.checkpoint.Lease;
import dev.sluice.spi.ConnectorException;
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
  void leaseOfAnotherContainerIsHeldAlthoughItsProcessCannotBeSeen() throws Exception {
    String numbers = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
    ProcessId own = ProcessId.own();
    var elsewhere =
        new ProcessId(own.machine().replace(numbers.replaceAll("\\D", ""), "1"), own.id(), 1);
    Path folder = Files.createDirectories(root.resolve("tables").resolve(table().key()));
    Files.writeString(
        folder.resolve("lease.json"), new LeaseFile("container", LATER, elsewhere).json());

    assertThat(elsewhere.machine()).isNotEqualTo(own.machine());
    assertThat(store().acquire(table(), "next", LATER))
        .isEqualTo(new Lease.Taken("container", LATER, Optional.empty()));
    now = LATER;
    assertThat(store().acquire(table(), "next", LATER.plusSeconds(60))).isEqualTo(new Lease.Held());
  }

  @Test
  void checkpointThatWasEditedIsRefused() throws Exception {
    var checkpoint = checkpoint(1, "{\"cursor\":\"2026\",\"limit\":1.50}");
    store().replace(table(), Flow.DATA, Optional.empty(), checkpoint);
    Path file = root.resolve("tables").resolve(table().key()).resolve("data.json");
    String written = Files.readString(file);
    Files.writeString(file, written.replace("\"cursor\":\"2026\",", ""));

    assertThatThrownBy(() -> store().load(table(), Flow.DATA))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("checksum")
        .hasMessageContaining("state reset");

    Files.writeString(file, written.replace(",", ",\n  "));
    assertThat(store().load(table(), Flow.DATA)).as("other spaces").contains(checkpoint);
  }

  @Test
  void checkpointOfAnEarlierReleaseGetsAChecksum() throws Exception {
    var first = checkpoint(1, "{\"cursor\":\"2026\"}");
    Path folder = Files.createDirectories(root.resolve("tables").resolve(table().key()));
    Path file = Files.writeString(folder.resolve("data.json"), first.json() + "\n");

    assertThat(store().load(table(), Flow.DATA)).contains(first);
    assertThat(
            store()
                .replace(
                    table(), Flow.DATA, Optional.of(first), checkpoint(2, "{\"cursor\":\"2027\"}")))
        .isTrue();
    assertThat(Files.readString(file)).contains("\"checksum\":\"");
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
