package dev.sluice.rest;

import java.io.IOException;

/** A response that is not the JSON document that was asked for; the message says what it is. */
final class MalformedDocument extends IOException {

  MalformedDocument(String message) {
    super(message);
  }
}
