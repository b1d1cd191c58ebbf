package dev.sluice.pipeline;

import dev.sluice.spi.ConnectorException;

/** A line of a pipeline file, for messages; lines count from 1. */
record SourceLine(String file, int line) {

  ConnectorException error(String message) {
    return ConnectorException.configuration(this + ": " + message);
  }

  ConnectorException error(String message, Throwable cause) {
    return ConnectorException.configuration(this + ": " + message, cause);
  }

  @Override
  public String toString() {
    return file + ":" + line;
  }
}
