package dev.sluice.spi;

import java.time.Duration;

/** Is told of the requests that a connector makes. May be called from any thread. */
public interface RequestListener {

  RequestListener NONE = new RequestListener() {};

  /** A request is about to be sent; a repeated one counts again. */
  default void requestSent() {}

  /** A request failed and will be repeated after a pause. */
  default void retryPending(String reason, Duration pause) {}

  /** Something was delivered or skipped that the operator should know of. */
  default void warning(String message) {}
}
