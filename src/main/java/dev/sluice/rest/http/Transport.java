package dev.sluice.rest.http;

/** The connections to one origin, the last link of an {@link Exchange}. */
public interface Transport extends Exchange, AutoCloseable {

  @Override
  void close();
}
