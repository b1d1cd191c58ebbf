package dev.sluice.aws;

import dev.sluice.lake.ObjectStore;

/**
 * A part of a bucket: the keys of its objects are the bucket's keys without the prefix.
 *
 * @param prefix empty, or with a {@code /} at its end
 */
record S3Folder(String bucket, String prefix) {

  S3Folder {
    if (prefix.startsWith("/") || !(prefix.isEmpty() || prefix.endsWith("/"))) {
      throw new IllegalArgumentException(
          "A prefix is empty or ends in '/', and does not begin so: '" + prefix + "'");
    }
  }

  /** Returns the key in the bucket. */
  String key(String key) {
    return prefix + ObjectStore.requireKey(key);
  }

  /** Returns the prefix in the bucket of the keys that begin with {@code start}. */
  String keysFrom(String start) {
    int cut = start.lastIndexOf('/');
    if (cut >= 0) {
      ObjectStore.requireKey(start.substring(0, cut));
    }
    return prefix + start;
  }

  /** Returns the key without the prefix. */
  String inside(String key) {
    return key.substring(prefix.length());
  }

  /** Returns the URI of a key, for messages. */
  String uri(String key) {
    return "s3://" + bucket + "/" + prefix + key;
  }
}
