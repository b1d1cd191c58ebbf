package dev.sluice.lake;

import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.lake.Payload;
import dev.sluice.spi.ConnectorException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Tries whether a store keeps the promise that everything rests on: that it creates an object only
 * if there is none. Some stores that speak the protocol of S3 take the condition and ignore it.
 */
public final class CreationProbe {
  private static final String WRITER = "writer";

  private CreationProbe() {}

  /**
   * Creates an object twice and removes it.
   *
   * @throws ConnectorException of kind {@code CONFIGURATION} when the second takes the place of the
   *     first
   */
  public static void require(ObjectStore store, Destination table, Instant now) {
    String key = "%s/probes/%d".formatted(table.key(), now.toEpochMilli());
    try {
      StoredObject first = create(store, key, "first");
      StoredObject second = create(store, key, "second");
      boolean isKept =
          second.metadata().equals(first.metadata())
              && store.find(key).filter(first::equals).isPresent();
      if (!isKept) {
        throw ConnectorException.configuration(
            "The store of the destination overwrites an object that it was told to create only if"
                + " there is none, so runs that overlap would lose records. Take a store that knows"
                + " 'If-None-Match: *', as Amazon S3 does");
      }
    } finally {
      store.delete(List.of(key));
    }
  }

  private static StoredObject create(ObjectStore store, String key, String writer) {
    byte[] bytes = writer.getBytes(StandardCharsets.US_ASCII);
    return store.createIfAbsent(key, Payload.of(bytes), Map.of(WRITER, writer));
  }
}
