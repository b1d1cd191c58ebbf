package dev.sluice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.lake.ObjectStore;
import dev.sluice.lake.ObjectStoreContract;
import dev.sluice.spi.ConnectorException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder on a file system without hard links, as some network mounts are. */
class NoHardLinksTest extends ObjectStoreContract {
  @TempDir Path root;

  @Override
  protected ObjectStore store() {
    return new LocalObjectStore(
        root,
        InstantSource.system(),
        (name, file) -> {
          throw new FileSystemException(
              name.toString(), file.toString(), "Operation not permitted");
        });
  }

  @Test
  void fileSystemThatCannotMoveEitherIsRefusedInWords() {
    assertThatThrownBy(
            () ->
                new TemporaryFile(
                        root.resolve("gone"),
                        (name, file) -> {
                          Files.delete(file);
                          throw new UnsupportedOperationException();
                        })
                    .linkTo(root.resolve("t/3")))
        .isInstanceOfSatisfying(
            ConnectorException.class,
            e -> assertThat(e.kind()).isEqualTo(ConnectorException.Kind.CONFIGURATION))
        .hasMessageContaining(root.resolve("t/3").toString())
        .hasMessageContaining("hard links");
  }
}
