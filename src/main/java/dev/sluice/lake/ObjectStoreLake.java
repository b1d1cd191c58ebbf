package dev.sluice.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.runtime.checkpoint.ContentionException;
import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.runtime.checkpoint.OutcomeUnknownException;
import dev.sluice.runtime.lake.BatchLog;
import dev.sluice.runtime.lake.CompleteRead;
import dev.sluice.runtime.lake.Lake;
import dev.sluice.runtime.lake.PublishedGeneration;
import dev.sluice.runtime.lake.SnapshotDigest;
import dev.sluice.runtime.lake.TableDescription;
import dev.sluice.runtime.text.JsonText;
import dev.sluice.spi.ConnectorException;
import java.util.Optional;

/**
 * A lake of plain objects: one for each microbatch, a pointer to the generation to read, and a
 * description of the table.
 */
public final class ObjectStoreLake implements Lake {
  private final ObjectStore store;
  private final OffsetObjects offsets;
  private final Format format;

  public ObjectStoreLake(ObjectStore store, Compression compression) {
    this(store, new JsonLines(compression));
  }

  public ObjectStoreLake(ObjectStore store, Format format) {
    this(store, new OffsetObjects(store), format);
  }

  /**
   * @param offsets those that the checkpoints of a run use too
   */
  public ObjectStoreLake(ObjectStore store, OffsetObjects offsets, Format format) {
    this.store = store;
    this.offsets = offsets;
    this.format = format;
  }

  @Override
  public BatchLog log(Destination destination, Flow flow) {
    return new ObjectBatchLog(store, new Layout(destination), flow, format, offsets);
  }

  @Override
  public Optional<PublishedGeneration> current(Destination destination) {
    String key = new Layout(destination).current();
    return store.document(key).map(document -> publication(key, document));
  }

  @Override
  public void publish(Destination destination, PublishedGeneration publication) {
    var layout = new Layout(destination);
    String text = json(layout, publication);
    for (int attempt = 0; attempt < ContentionException.ATTEMPTS; attempt++) {
      var before = store.document(layout.current());
      if (before
          .filter(
              document ->
                  publication(layout.current(), document).generation() >= publication.generation())
          .isPresent()) {
        return;
      }
      if (replace(layout.current(), before, text)) {
        return;
      }
    }
    throw new ContentionException("Object " + layout.current());
  }

  @Override
  public void publishFirst(Destination destination, PublishedGeneration publication) {
    var layout = new Layout(destination);
    replace(layout.current(), Optional.empty(), json(layout, publication));
  }

  private boolean replace(String key, Optional<Document> before, String text) {
    try {
      return store.replace(key, before.map(Document::version), text);
    } catch (OutcomeUnknownException unknown) {
      if (store.document(key).equals(before)) {
        throw unknown;
      }
      return false;
    }
  }

  private static String json(Layout layout, PublishedGeneration publication) {
    var json =
        JsonText.object()
            .put("generation", publication.generation())
            .put("path", layout.relative(Flow.DATA, publication.generation()));
    publication
        .content()
        .ifPresent(
            content -> json.put("records", content.records()).put("content", content.text()));
    return json + "\n";
  }

  private static PublishedGeneration publication(String key, Document document) {
    try {
      JsonNode json = JsonText.read(document.text());
      if (json.path("generation").isInt() && json.get("generation").intValue() > 0) {
        return new PublishedGeneration(
            json.get("generation").intValue(),
            Optional.ofNullable(json.get("content"))
                .map(JsonNode::asText)
                .map(SnapshotDigest::parse));
      }
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw ConnectorException.configuration(damaged(key), e);
    }
    throw ConnectorException.configuration(damaged(key));
  }

  private static String damaged(String key) {
    return "Object %s does not name a generation: restore it, or remove it to have it written again"
        .formatted(key);
  }

  @Override
  public Optional<CompleteRead> completeRead(Destination destination) {
    return store
        .document(new Layout(destination).completeRead())
        .flatMap(document -> CompleteRead.parse(document.text()));
  }

  @Override
  public void keep(Destination destination, CompleteRead read) {
    write(new Layout(destination).completeRead(), read.json() + "\n");
  }

  @Override
  public void describe(Destination destination, TableDescription description) {
    write(new Layout(destination).schema(), json(description));
  }

  /** Writes a document, or accepts what another run has written meanwhile. */
  private void write(String key, String text) {
    var before = store.document(key);
    if (before.filter(document -> document.text().equals(text)).isEmpty()) {
      store.replace(key, before.map(Document::version), text);
    }
  }

  private static String json(TableDescription description) {
    var metadata = description.metadata();
    var json =
        JsonText.object()
            .putRawValue("schema", JsonText.raw(description.schema().json()))
            .put("type", metadata.type().label());
    var keys = json.putArray("primary_keys");
    metadata.primaryKeys().forEach(keys::add);
    metadata.cursorField().ifPresent(field -> json.put("cursor_field", field));
    return json + "\n";
  }
}
