package dev.sluice.local;

import dev.sluice.lake.Document;
import dev.sluice.lake.ObjectStore;
import dev.sluice.lake.Payload;
import dev.sluice.lake.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Objects as files below a folder. */
public final class LocalObjectStore implements ObjectStore {

  public LocalObjectStore(Path root) {}

  @Override
  public StoredObject createIfAbsent(String key, Payload payload, Map<String, String> metadata) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<StoredObject> find(String key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public InputStream read(String key) throws IOException {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<String> list(String prefix) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Document> document(String key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean replace(String key, Optional<String> expectedVersion, String text) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void delete(List<String> keys) {
    throw new UnsupportedOperationException();
  }
}
