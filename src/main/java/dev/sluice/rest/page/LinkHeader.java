package dev.sluice.rest.page;

import java.util.Locale;
import java.util.Optional;

/**
 * Parses {@code Link} response headers (RFC 8288). It is lenient: what it cannot read ends the
 * header, because a mistake in another link is no reason to fail.
 */
public final class LinkHeader {
  private final String header;
  private int at;

  private LinkHeader(String header) {
    this.header = header;
  }

  /** Finds the first target with this relation type, as it is written in the header. */
  public static Optional<String> target(Iterable<String> headers, String relation) {
    for (String header : headers) {
      var target = new LinkHeader(header).find(relation);
      if (target.isPresent()) {
        return target;
      }
    }
    return Optional.empty();
  }

  private Optional<String> find(String relation) {
    while (true) {
      skip(" \t,");
      if (!take('<')) {
        return Optional.empty();
      }
      int close = header.indexOf('>', at);
      if (close < 0) {
        return Optional.empty();
      }
      String target = header.substring(at, close);
      at = close + 1;
      if (parameters(relation)) {
        return Optional.of(target);
      }
    }
  }

  /**
   * Reads the parameters up to the next link and returns whether the first {@code rel} names the
   * relation.
   */
  private boolean parameters(String relation) {
    Optional<String> relations = Optional.empty();
    while (true) {
      skip(" \t");
      if (!take(';')) {
        return relations.map(names -> contains(names, relation)).orElse(false);
      }
      skip(" \t");
      String name = token("=;,");
      skip(" \t");
      String value = take('=') ? value() : "";
      if (name.equals("rel") && relations.isEmpty()) {
        relations = Optional.of(value);
      }
    }
  }

  private static boolean contains(String relations, String relation) {
    for (String name : relations.split("[ \t]+", -1)) {
      if (name.equalsIgnoreCase(relation)) {
        return true;
      }
    }
    return false;
  }

  private String value() {
    skip(" \t");
    return take('"') ? quoted() : token(";,");
  }

  private String quoted() {
    var text = new StringBuilder();
    while (at < header.length()) {
      char c = header.charAt(at++);
      if (c == '"') {
        break;
      }
      text.append(c == '\\' && at < header.length() ? header.charAt(at++) : c);
    }
    return text.toString();
  }

  /** Returns the text up to one of these characters, in lower case. */
  private String token(String ends) {
    int from = at;
    while (at < header.length() && ends.indexOf(header.charAt(at)) < 0) {
      at++;
    }
    return header.substring(from, at).strip().toLowerCase(Locale.ROOT);
  }

  private void skip(String characters) {
    while (at < header.length() && characters.indexOf(header.charAt(at)) >= 0) {
      at++;
    }
  }

  private boolean take(char c) {
    if (at < header.length() && header.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }
}
