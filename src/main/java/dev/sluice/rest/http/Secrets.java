package dev.sluice.rest.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.sluice.rest.mask.SharedRuns;
import dev.sluice.rest.url.PercentEncoding;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The values that no message may contain, in the forms in which a source may send them back, and in
 * parts.
 */
public final class Secrets {
  private static final int EXCERPT = 200;

  private final CopyOnWriteArrayList<String> forms = new CopyOnWriteArrayList<>();
  private final SharedRuns runs = new SharedRuns();
  private final String origin;

  public Secrets() {
    this("");
  }

  /**
   * @param origin where the secrets come from, for messages; empty when that is not known
   */
  public Secrets(String origin) {
    this.origin = origin;
  }

  /** Returns the part of a message that names the secrets that the source did not accept. */
  public String refused() {
    return origin.isEmpty() ? "" : "; the source refused " + origin;
  }

  public void add(String secret) {
    runs.add(secret);
    for (String form :
        List.of(
            secret,
            PercentEncoding.encode(secret),
            PercentEncoding.encode(secret).replace("%20", "+"),
            // a header is read as Latin-1, whatever the source wrote
            new String(secret.getBytes(UTF_8), ISO_8859_1),
            new String(JsonStringEncoder.getInstance().quoteAsString(secret)))) {
      if (!form.isBlank()) {
        forms.addIfAbsent(form);
      }
    }
    // the longest first: a secret may contain another one
    forms.sort(Comparator.comparingInt(String::length).reversed());
  }

  public String mask(String text) {
    String masked = text;
    for (String form : forms) {
      masked = masked.replace(form, "***");
    }
    return runs.mask(masked);
  }

  /** Returns the beginning of a text in one line, masked. */
  public String excerpt(String text) {
    String line = mask(text).replaceAll("[\\s\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ").strip();
    return line.length() <= EXCERPT ? line : line.substring(0, EXCERPT) + "...";
  }

  /** Decides whether no message of this error and its causes holds a secret. */
  boolean allows(Throwable error) {
    int depth = 0;
    for (Throwable e = error; e != null && depth < 20; e = e.getCause()) {
      String message = String.valueOf(e.getMessage());
      if (!mask(message).equals(message) || e.getSuppressed().length > 0) {
        return false;
      }
      depth++;
    }
    return true;
  }
}
