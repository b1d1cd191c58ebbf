package dev.sluice.rest.json;

import java.io.IOException;

/** A response that is not the requested JSON document; the message says what it is. */
public final class MalformedDocument extends IOException {

  MalformedDocument(String message) {
    super(message);
  }
}
