package dev.sluice.proof.failpoint;

/** Where a lake and its checkpoints are. */
public enum FailpointStore {
  FILE_SYSTEM("local/"),
  AWS("aws/");

  private final String packageName;

  FailpointStore(String packageName) {
    this.packageName = packageName;
  }

  /** The package of the product that is of no use with this store. */
  String other() {
    return (this == FILE_SYSTEM ? AWS : FILE_SYSTEM).packageName;
  }
}
