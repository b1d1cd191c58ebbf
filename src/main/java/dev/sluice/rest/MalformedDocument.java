package dev.sluice.rest;

import java.io.IOException;

/** A response that is not one whole JSON document; the message says what it is instead. */
final class MalformedDocument extends IOException {

  MalformedDocument(String message) {
    super(message);
  }
}
