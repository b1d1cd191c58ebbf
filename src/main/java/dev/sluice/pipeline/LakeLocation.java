package dev.sluice.pipeline;

import dev.sluice.lake.Compression;
import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Deadline;
import java.time.InstantSource;
import java.util.Collection;
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
   * @param deadline when the stores have to have responded
   */
  LakeStores open(Map<String, String> variables, Deadline deadline, InstantSource clock);

  /**
   * Checks whether these tables can be stored there, as far as that is possible without writing.
   *
   * @throws ConnectorException that says what to do when they cannot
   */
  void check(
      List<Destination> tables,
      Map<String, String> variables,
      Deadline deadline,
      InstantSource clock);

  /**
   * Creates what must exist before the first table is stored.
   *
   * @throws ConnectorException of kind {@code CONFIGURATION} when it cannot be created
   */
  void prepare(List<Destination> tables);

  /**
   * Checks that no other name in this place is the same where case does not count: many file
   * systems and catalogs take both for one.
   *
   * @throws ConnectorException of kind {@code CONFIGURATION} that names the other
   */
  static void requireOwnName(String name, Collection<String> present, Object place) {
    present.stream()
        .filter(other -> other.equalsIgnoreCase(name) && !other.equals(name))
        .findFirst()
        .ifPresent(
            other -> {
              throw ConnectorException.configuration(
                  "The destination %s has '%s', which differs from '%s' in case alone; give the pipeline or the table another name"
                      .formatted(place, other, name));
            });
  }

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
