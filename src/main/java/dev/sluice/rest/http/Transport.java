package dev.sluice.rest.http;

/** The connections to one origin, at the end of an {@link Exchange}. */
public interface Transport extends Exchange, AutoCloseable {

  @Override
  void close();
}
