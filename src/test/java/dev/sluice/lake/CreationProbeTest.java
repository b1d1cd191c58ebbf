package dev.sluice.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.local.LocalObjectStore;
import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.spi.ConnectorException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CreationProbeTest {
  private static final Destination TABLE = new Destination("acme", "users");
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

  @TempDir Path root;

  @Test
  void storeThatCreatesOncePassesAndKeepsNothing() {
    var store = new LocalObjectStore(root);

    CreationProbe.require(store, TABLE, NOW);

    assertThat(store.list("acme/")).isEmpty();
  }

  @Test
  void storeThatOverwritesIsFoundAndKeepsNothing() {
    var store = new LocalObjectStore(root);

    assertThatThrownBy(() -> CreationProbe.require(overwriting(store), TABLE, NOW))
        .isInstanceOfSatisfying(
            ConnectorException.class,
            e -> assertThat(e.kind()).isEqualTo(ConnectorException.Kind.CONFIGURATION))
        .hasMessageContaining("If-None-Match");
    assertThat(store.list("acme/")).isEmpty();
  }

  private static ObjectStore overwriting(ObjectStore store) {
    return (ObjectStore)
        Proxy.newProxyInstance(
            ObjectStore.class.getClassLoader(),
            new Class<?>[] {ObjectStore.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("createIfAbsent")) {
                store.delete(List.of((String) arguments[0]));
              }
              return method.invoke(store, arguments);
            });
  }
}
