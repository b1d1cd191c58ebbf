package dev.sluice.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * What a loop without a framework does: fetch a page, find its records, write each as a line,
 * follow the link. No offsets, no retries, no commit. Takes the URL, the {@link Work} and a file.
 */
final class BareProgram {
  private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");
  private static final int BUFFER = 64 << 10;
  private static final JsonFactory JSON = new JsonFactory();

  /** How much of it is done. */
  enum Work {
    DOWNLOAD,
    NONE,
    ZSTD,
    /** By the level that Sluice uses. */
    GZIP,
    /** By the level that the JDK's stream has when nobody asks for another. */
    GZIP_6;

    /** The compression, with the level where there are two. */
    String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  private BareProgram() {}

  public static void main(String[] arguments) throws Exception {
    var work = Work.valueOf(arguments[1]);
    try (OutputStream lines = open(work, Path.of(arguments[2]));
        HttpClient client = HttpClient.newBuilder().version(Version.HTTP_1_1).build()) {
      Optional<URI> page = Optional.of(URI.create(arguments[0]));
      while (page.isPresent()) {
        var response =
            client.send(HttpRequest.newBuilder(page.get()).build(), BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
          throw new IOException("Status " + response.statusCode());
        }
        if (work != Work.DOWNLOAD) {
          split(response.body(), lines);
        }
        page = next(response);
      }
    }
  }

  private static OutputStream open(Work work, Path file) throws IOException {
    return switch (work) {
      case DOWNLOAD -> OutputStream.nullOutputStream();
      case NONE -> new BufferedOutputStream(Files.newOutputStream(file), BUFFER);
      case ZSTD ->
          new BufferedOutputStream(
              new ZstdOutputStream(Files.newOutputStream(file), 3).setChecksum(true), BUFFER);
      case GZIP -> gzip(file, 1);
      case GZIP_6 -> gzip(file, 6);
    };
  }

  private static OutputStream gzip(Path file, int level) throws IOException {
    return new BufferedOutputStream(
        new GZIPOutputStream(Files.newOutputStream(file), BUFFER) {
          {
            def.setLevel(level);
          }
        },
        BUFFER);
  }

  private static Optional<URI> next(HttpResponse<byte[]> response) {
    return response
        .headers()
        .firstValue("link")
        .map(NEXT::matcher)
        .filter(Matcher::find)
        .map(link -> URI.create(link.group(1)));
  }

  private static void split(byte[] page, OutputStream lines) throws IOException {
    try (JsonParser parser = JSON.createParser(page)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        int end = (int) parser.currentLocation().getByteOffset();
        lines.write(page, start, end - start);
        lines.write('\n');
      }
    }
  }
}
