package dev.sluice.pipeline;

import dev.sluice.aws.AwsServices;
import dev.sluice.lake.Compression;
import dev.sluice.lake.CreationProbe;
import dev.sluice.lake.OffsetObjects;
import dev.sluice.runtime.checkpoint.Destination;
import dev.sluice.runtime.checkpoint.Flow;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.Deadline;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A bucket of Amazon S3, or a prefix in it; checkpoints are in a DynamoDB table.
 *
 * @param prefix empty, or with a {@code /} at its end
 */
record LakeBucket(String bucket, String prefix, Compression compression) implements LakeLocation {
  static final String CHECKPOINT_TABLE = "SLUICE_CHECKPOINT_TABLE";
  private static final String SCHEME = "s3://";
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final Pattern ADDRESS = Pattern.compile("[0-9]+(\\.[0-9]+){3}");

  /** Matches what S3 calls safe characters, and {@code =}, {@code @}, {@code +}, {@code ,}. */
  private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9!_.*'()=@+,-]+");

  private static final int LONGEST_PREFIX = 300;

  static LakeBucket parse(Value value, Compression compression) {
    String uri = value.text();
    if (!uri.startsWith(SCHEME)) {
      throw refused(value, "write it like s3://bucket/prefix");
    }
    String path = uri.substring(SCHEME.length());
    int slash = path.indexOf('/');
    String bucket = slash < 0 ? path : path.substring(0, slash);
    if (!BUCKET.matcher(bucket).matches()
        || bucket.contains("..")
        || ADDRESS.matcher(bucket).matches()) {
      throw refused(
          value,
          "'%s' is no name of a bucket, which has 3 to 63 lower-case letters, digits, '-' and '.'"
              .formatted(bucket));
    }
    String rest = slash < 0 ? "" : path.substring(slash + 1);
    return new LakeBucket(bucket, prefix(value, rest), compression);
  }

  private static String prefix(Value value, String text) {
    if (text.isEmpty()) {
      return "";
    }
    String prefix = text.endsWith("/") ? text : text + "/";
    if (prefix.length() > LONGEST_PREFIX) {
      throw refused(value, "a prefix has at most %d characters".formatted(LONGEST_PREFIX));
    }
    for (String segment : prefix.substring(0, prefix.length() - 1).split("/", -1)) {
      if (segment.isEmpty()) {
        throw refused(value, "there is nothing between two '/'");
      }
      if (segment.startsWith(".")) {
        throw refused(value, "a part of a prefix does not begin with '.'");
      }
      if (!SEGMENT.matcher(segment).matches()) {
        throw refused(
            value,
            "'%s' has other characters than letters, digits and !_.*'()=@+,-".formatted(segment));
      }
    }
    return prefix;
  }

  private static ConnectorException refused(Value value, String why) {
    return value.place().error("'%s' is not a destination; %s".formatted(value.text(), why));
  }

  @Override
  public LakeStores open(Map<String, String> variables, Deadline deadline, InstantSource clock) {
    String table =
        Optional.ofNullable(variables.get(CHECKPOINT_TABLE))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .orElseThrow(
                () ->
                    ConnectorException.configuration(
                        "The destination %s keeps its checkpoints in DynamoDB: set the environment variable %s to the name of the table"
                            .formatted(this, CHECKPOINT_TABLE)));
    var services = AwsServices.of(variables).within(deadline, clock);
    var objects = services.objects(bucket, prefix);
    var offsets = new OffsetObjects(objects);
    return new LakeStores(
        objects, offsets, services.checkpoints(table, toString(), offsets, clock));
  }

  /**
   * Reads from both stores, and writes and removes a probe, with only the permissions that a run
   * has.
   */
  @Override
  public void check(
      List<Destination> tables,
      Map<String, String> variables,
      Deadline deadline,
      InstantSource clock) {
    var stores = open(variables, deadline, clock);
    tables.stream()
        .findFirst()
        .ifPresent(table -> CreationProbe.require(stores.objects(), table, clock.instant()));
    var pipelines = names(stores, "");
    for (Destination table : tables) {
      String[] key = table.key().split("/", -1);
      LakeLocation.requireOwnName(key[0], pipelines, this);
      LakeLocation.requireOwnName(key[1], names(stores, key[0] + "/"), this);
      stores.objects().list(table.key() + "/");
      stores.checkpoints().load(table, Flow.DATA);
    }
  }

  private static List<String> names(LakeStores stores, String folder) {
    return stores.objects().list(folder).stream()
        .map(key -> key.substring(folder.length()).replace("/", ""))
        .toList();
  }

  @Override
  public void prepare(List<Destination> tables) {}

  @Override
  public String toString() {
    return SCHEME + bucket + "/" + prefix;
  }
}
