package dev.sluice.pipeline;

import dev.sluice.lake.Compression;
import dev.sluice.runtime.checkpoint.Destination;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * The place where a pipeline's records are stored, and how they are written there. It prints in the
 * form that operators know.
 */
public sealed interface LakeLocation permits LakeFolder, LakeBucket {

  Compression compression();

  /**
   * Opens the stores of this place. Creates nothing and sends no request.
   *
   * @param variables the environment of the process
   */
  LakeStores open(Map<String, String> variables, InstantSource clock);

  /**
   * Checks whether these tables can be stored there, as far as that is possible without writing.
   *
   * @throws dev.sluice.spi.ConnectorException that says what to do when they cannot
   */
  void check(List<Destination> tables, Map<String, String> variables, InstantSource clock);

  /**
   * Creates what must exist before the first table is stored.
   *
   * @throws dev.sluice.spi.ConnectorException of kind {@code CONFIGURATION} when it cannot be
   *     created
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
