package dev.sluice.rest;

/** How a client proves to the source who it is. */
public abstract sealed class Auth {
  private static final class Todo extends Auth {}

  public static Auth none() {
    return new Todo();
  }

  /** {@code Authorization: Bearer <token>}. */
  public static Auth bearer(String token) {
    return new Todo();
  }

  /** HTTP basic authentication. */
  public static Auth basic(String user, String password) {
    return new Todo();
  }

  public static Auth apiKeyHeader(String name, String key) {
    return new Todo();
  }

  public static Auth apiKeyQuery(String name, String key) {
    return new Todo();
  }
}
