package dev.sluice.spi;

import java.time.Duration;

/** Learns of the requests that a connector makes. It may be called from any thread. */
public interface RequestListener {

  RequestListener NONE = new RequestListener() {};

  /** Reports that a request is about to be sent; a repeated one counts again. */
  default void requestSent() {}

  /** Reports that a request failed and will be repeated after a pause. */
  default void retryPending(String reason, Duration pause) {}

  /** Reports that something was delivered or skipped that the operator should know of. */
  default void warning(String message) {}
}
