package dev.sluice.proof.failpoint;

import java.util.List;

/** What a run does, as far as others can tell: each of these is a place to die or to be paused. */
public enum Step {
  /** A run takes the lease of a table. */
  LEASE_TAKEN(
      Sides.BOTH, "local/LocalCheckpointStore.acquire(", "aws/DynamoDbCheckpointStore.acquire("),

  /** The description of a table, {@code schema.json}, is compared and replaced. */
  TABLE_DESCRIBED(Sides.BOTH, "lake/ObjectStoreLake.describe("),

  /** A checkpoint is read. */
  CHECKPOINT_LOADED(
      Sides.FIRST, "local/LocalCheckpointStore.load(", "aws/DynamoDbCheckpointStore.load("),

  /** The pointer to the generation to read is looked at. */
  POINTER_LOOKED_AT(Sides.FIRST, "lake/ObjectStoreLake.current("),

  /** A folder is listed. */
  FOLDER_LISTED(Sides.FIRST, "local/LocalObjectStore.list(", "aws/S3ObjectStore.list("),

  /** A run looks which microbatches are there already. */
  MICROBATCHES_LISTED(Sides.FIRST, "lake/ObjectBatchLog.numbersFrom("),

  /** A generation gets the format in which it is begun. */
  FORMAT_SETTLED(Sides.BOTH, "lake/ObjectBatchLog.settle("),

  /** The source has given its records; the end offset is known. */
  SOURCE_READ(Sides.FIRST, "runtime/Microbatch.requireWhole("),

  /** The spool is complete, and becomes an object. */
  MICROBATCH_COMMITTED(Sides.BOTH, "lake/ObjectBatchLog.commit("),

  /** An offset that is too large for metadata becomes an object. */
  OFFSET_KEPT(Sides.BOTH, "lake/OffsetObjects.keep("),

  /** An object is created, if there is none. */
  OBJECT_CREATED(
      Sides.BOTH, "local/LocalObjectStore.createIfAbsent(", "aws/S3ObjectStore.createIfAbsent("),

  /** The metadata of an object gets its name. */
  METADATA_WRITTEN(Sides.BOTH, "local/Sidecars.createIfAbsent("),

  /** A file gets a name that no file has. */
  NAME_GIVEN(Sides.BOTH, "local/TemporaryFile.linkTo("),

  /** An object is uploaded by one conditional request. */
  OBJECT_UPLOADED(Sides.BOTH, "aws/S3Uploads.createAtOnce("),

  /** The body of that request is about to be sent. */
  BODY_SENT(Sides.FIRST, "aws/S3Uploads.open("),

  /** A checkpoint moves by compare-and-set. */
  CHECKPOINT_MOVED(
      Sides.BOTH, "local/LocalCheckpointStore.replace(", "aws/DynamoDbCheckpointStore.replace("),

  /** A file gets a name in place of another: a checkpoint, a lease or a document. */
  NAME_REPLACED(Sides.BOTH, "local/TemporaryFile.moveTo("),

  /** The pointer to the generation to read moves. */
  GENERATION_SHOWN(
      Sides.BOTH, "lake/ObjectStoreLake.publish(", "lake/ObjectStoreLake.publishFirst("),

  /** A document is replaced by compare-and-set: a pointer, a format, a description. */
  DOCUMENT_REPLACED(Sides.BOTH, "local/LocalObjectStore.replace(", "aws/S3ObjectStore.replace("),

  /** The source has nothing more: a snapshot is sealed, a generation that grows is shown. */
  READ_COMPLETED(Sides.BOTH, "runtime/CommitProtocol.complete("),

  /** A sealed snapshot is shown, and the next one begins. */
  SNAPSHOT_FINISHED(Sides.BOTH, "runtime/CommitProtocol.finish("),

  /** The deletes of a table follow its data. */
  DELETES_BEGUN(Sides.FIRST, "runtime/TableSyncJob.syncDeletes("),

  /** A generation that nobody will read is removed. */
  GENERATION_REMOVED(Sides.BOTH, "lake/ObjectBatchLog.remove("),

  /** Some of its objects are deleted. */
  OBJECTS_DELETED(
      Sides.BOTH,
      "local/LocalObjectStore.delete(Ljava/util/List;",
      "aws/S3ObjectStore.delete(Ljava/util/List;"),

  /** An object is gone, and its metadata goes too. */
  METADATA_DELETED(Sides.BOTH, "local/Sidecars.delete("),

  /** A run gives the lease back. */
  LEASE_RELEASED(
      Sides.BOTH, "local/LocalCheckpointStore.release(", "aws/DynamoDbCheckpointStore.release(");

  /** A step that only looks has nothing behind it that is not before the next one. */
  private enum Sides {
    FIRST,
    BOTH
  }

  private static final String PRODUCT = "dev/sluice/";

  private final Sides sides;
  private final List<String> methods;

  Step(Sides sides, String... methods) {
    this.sides = sides;
    this.methods = List.of(methods);
  }

  /** The places of the step at which a process can be. */
  List<Side> sides() {
    return sides == Sides.BOTH ? List.of(Side.BEFORE, Side.AFTER) : List.of(Side.BEFORE);
  }

  /**
   * Whether a process may be stopped there without keeping others waiting: those that follow hold
   * the lock of a folder, or only look.
   */
  boolean isOpen() {
    return switch (this) {
      case METADATA_WRITTEN, METADATA_DELETED, NAME_GIVEN, NAME_REPLACED, CHECKPOINT_LOADED ->
          false;
      default -> true;
    };
  }

  /**
   * Whether what lies in the store is another thing behind it: it writes, and no step inside it.
   */
  boolean isEffect(FailpointStore store) {
    return switch (this) {
      case NAME_GIVEN, NAME_REPLACED, METADATA_DELETED -> true;
      case OBJECT_UPLOADED, OBJECTS_DELETED -> store == FailpointStore.AWS;
      case LEASE_TAKEN, CHECKPOINT_MOVED, DOCUMENT_REPLACED, LEASE_RELEASED ->
          store == FailpointStore.AWS;
      default -> false;
    };
  }

  /** Whether a class has methods of steps. */
  static boolean concerns(String type) {
    for (Step step : values()) {
      for (String method : step.methods) {
        if (type.startsWith(PRODUCT) && method.startsWith(type.substring(PRODUCT.length()) + ".")) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether this is a method of the step, given the class' internal name and the signature. */
  boolean is(String type, String signature) {
    String method = type.substring(PRODUCT.length()) + "." + signature;
    return methods.stream().anyMatch(method::startsWith);
  }

  /** Whether a run passes it whose lake is in a folder, or in a bucket. */
  boolean isOf(FailpointStore store) {
    return methods.stream().anyMatch(method -> !method.startsWith(store.other()));
  }
}
