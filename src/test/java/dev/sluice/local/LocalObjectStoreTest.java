package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.lake.ObjectStore;
import dev.sluice.lake.ObjectStoreContract;
import dev.sluice.lake.StoredObject;
import dev.sluice.spi.ConnectorException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalObjectStoreTest extends ObjectStoreContract {

  @TempDir Path root;

  @Override
  protected ObjectStore store() {
    return new LocalObjectStore(root);
  }

  @Test
  void equalBytesOfADeadWriterKeepItsMetadata() throws IOException {
    store().createIfAbsent(KEY, payload("same"), Map.of("run", "dead"));
    // Killed between the metadata and the object.
    Files.delete(root.resolve(KEY));

    StoredObject object = store().createIfAbsent(KEY, payload("same"), Map.of("run", "2"));

    assertThat(object.metadata()).containsEntry("run", "dead");
  }

  @Test
  void otherBytesOfADeadWriterDoNotMatter() {
    store().createIfAbsent(KEY, payload("lost"), Map.of("run", "dead"));
    assertThat(root.resolve(KEY).toFile().delete()).isTrue();

    StoredObject object = store().createIfAbsent(KEY, payload("mine"), Map.of("run", "2"));

    assertThat(object.metadata()).containsEntry("run", "2");
  }

  @Test
  void objectWithoutMetadataIsNotGuessedAt() throws IOException {
    store().createIfAbsent(KEY, payload("one"), Map.of("run", "1"));
    Files.writeString(root.resolve(KEY), "edited");

    assertThatThrownBy(() -> store().find(KEY))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining(KEY)
        .hasMessageContaining("no metadata");
  }

  @Test
  void objectThatKeepsChangingIsGivenUp() throws Exception {
    store().createIfAbsent(KEY, payload("one"), Map.of("run", "1"));
    var stopped = new AtomicBoolean();
    Path file = Files.writeString(root.resolve(KEY), "edited");
    var editor =
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int i = 0; !stopped.get(); i++) {
                    edit(file, i);
                  }
                });

    assertThatThrownBy(() -> store().find(KEY))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining(KEY);
    stopped.set(true);
    editor.join();
  }

  private static void edit(Path file, int number) {
    try {
      Files.writeString(file, "edit " + number);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void writersLeaveNoTemporaryFiles() throws IOException {
    store().createIfAbsent(KEY, payload("one"), Map.of("run", "1"));
    store().createIfAbsent(KEY, payload("two"), Map.of("run", "2"));

    assertThat(root.resolve(".sluice/tmp")).isEmptyDirectory();
  }

  @Test
  void deletedObjectsLeaveNoMetadata() {
    store().createIfAbsent(KEY, payload("one"), Map.of("run", "1"));

    store().delete(List.of(KEY));

    assertThat(root.resolve(".sluice/metadata/a/b/data/g=000001")).isEmptyDirectory();
  }

  @Test
  void filesThatAreNotObjectsArePrivate() throws IOException {
    store().createIfAbsent(KEY, payload("one"), Map.of("run", "1"));

    assertThat(Files.getPosixFilePermissions(root.resolve(".sluice")))
        .containsExactlyInAnyOrder(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.OWNER_EXECUTE);
  }

  @Test
  void whatDeadProcessesLeftIsRemovedAndNothingElse() throws Exception {
    Path folder = Files.createDirectories(root.resolve(".sluice/tmp"));
    Process dead = new ProcessBuilder("true").start();
    var own = ProcessId.own();
    dead.waitFor();
    var gone = new ProcessId(own.machine(), dead.pid(), 1);
    var elsewhere = new ProcessId("machine2", dead.pid(), 1);
    Instant now = Instant.now();
    Path orphan = temporary(folder, gone, now.minusSeconds(120));
    Path young = temporary(folder, new ProcessId(own.machine(), dead.pid(), 2), now);
    Path ours = temporary(folder, own, now.minusSeconds(120));
    Path foreign = temporary(folder, elsewhere, now.minusSeconds(120));
    Path abandoned = temporary(folder, new ProcessId("machine2", 1, 1), now.minusSeconds(100_000));

    store().createIfAbsent(KEY, payload("one"), Map.of());

    assertThat(orphan).doesNotExist();
    assertThat(abandoned).doesNotExist();
    assertThat(young).exists();
    assertThat(ours).exists();
    assertThat(foreign).exists();
  }

  private static Path temporary(Path folder, ProcessId process, Instant written)
      throws IOException {
    Path file = Files.createFile(folder.resolve(process + ".999999.tmp"));
    return Files.setLastModifiedTime(file, FileTime.from(written));
  }
}
