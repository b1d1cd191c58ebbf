package dev.sluice.lake;

import dev.sluice.runtime.BatchLog;
import dev.sluice.runtime.Destination;
import dev.sluice.runtime.Flow;
import dev.sluice.runtime.Lake;
import dev.sluice.runtime.Publication;
import dev.sluice.runtime.TableDescription;
import java.util.Optional;

/** A lake of plain objects: one for each microbatch, and a pointer to the generation to read. */
public final class ObjectStoreLake implements Lake {

  public ObjectStoreLake(ObjectStore store, Compression compression) {
    this(store, new JsonLines(compression));
  }

  public ObjectStoreLake(ObjectStore store, Format format) {}

  @Override
  public BatchLog log(Destination destination, Flow flow) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Publication> current(Destination destination) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void publish(Destination destination, Publication publication) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void describe(Destination destination, TableDescription description) {
    throw new UnsupportedOperationException();
  }
}
