package dev.sluice.lake;

import java.util.Map;

/** An object that is in the store. */
public record StoredObject(String key, long size, Map<String, String> metadata) {

  public StoredObject {
    metadata = Map.copyOf(metadata);
  }
}
