package dev.sluice.pipeline;

import dev.sluice.lake.Compression;
import dev.sluice.runtime.checkpoint.Destination;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Where a pipeline's records land and how they are written there; prints as operators know it. */
public sealed interface LakeLocation permits LakeFolder, LakeBucket {

  Compression compression();

  /**
   * The stores behind it. Makes and asks nothing.
   *
   * @param variables the environment of the process
   */
  LakeStores open(Map<String, String> variables, InstantSource clock);

  /**
   * Sees whether these tables can land there, as far as that can be told without writing.
   *
   * @throws dev.sluice.spi.ConnectorException that says what to do when they cannot
   */
  void check(List<Destination> tables, Map<String, String> variables, InstantSource clock);

  /**
   * Makes what has to be there before the first table lands.
   *
   * @throws dev.sluice.spi.ConnectorException of kind {@code CONFIGURATION} when it cannot be made
   */
  void prepare();

  static LakeLocation parse(Value uri, Compression compression) {
    String text = uri.text();
    if (text.startsWith("s3:")) {
      return LakeBucket.parse(uri, compression);
    }
    if (text.startsWith("file:")) {
      return LakeFolder.parse(uri, compression);
    }
    throw uri.place()
        .error(
            "'%s' is not a destination; write it like file:./lake or s3://bucket/prefix"
                .formatted(text));
  }
}
