package dev.sluice.proof.large;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A server of as many rows as one likes, which spends little on a page: the products and the users
 * of the example API, and the repositories and issues of GitHub's.
 *
 * <p>All users have one timestamp. Each repository has one issue, and another one once it moved.
 */
final class LargeSource implements AutoCloseable {
  private static final int PAGE = 1_000;
  private static final String THEN = "2025-01-01T00:00:00";
  private static final String LATER = "2025-06-01T00:00:00";
  private static final int REPOSITORY_BYTES = 5_000;

  private static final RowTemplate PRODUCT =
      new RowTemplate(
          "{\"product_id\":\"########\",\"name\":\"Product ########\",\"price\":12.5,"
              + "\"category\":\"books\"}");
  private static final RowTemplate USER =
      new RowTemplate(
          "{\"user_id\":\"########\",\"email\":\"########@example.com\",\"status\":\"active\","
              + "\"updated_at\":\"%s.000000+00:00\"}".formatted(THEN));
  private static final RowTemplate REPOSITORY =
      new RowTemplate(
          "{\"id\":########,\"name\":\"r########\",\"owner\":{\"login\":\"acme\"},\"description\":\"%s\"}"
              .formatted("many words ".repeat(REPOSITORY_BYTES / 11)));
  private static final RowTemplate ISSUE = issue(1, THEN);
  private static final RowTemplate NEW_ISSUE = issue(2, LATER);

  private final ServerSocket server;
  private final int rows;
  private volatile int moved;

  LargeSource(int rows) throws IOException {
    this.rows = rows;
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  private static RowTemplate issue(int number, String updated) {
    return new RowTemplate(
        "{\"id\":%d########,\"number\":%d,\"title\":\"An issue\",\"updated_at\":\"%sZ\"}"
            .formatted(number, number, updated));
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  /** Gives some repositories, evenly spread, another issue. */
  void move(int repositories) {
    moved = repositories;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        client.setTcpNoDelay(true);
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException closed) {
      // the end of the test
    }
  }

  private void serve(Socket client) {
    try (client;
        var in = new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith("GET ")) {
          String target = line.substring(4, line.lastIndexOf(' '));
          while (!in.readLine().isEmpty()) {}
          client.getOutputStream().write(answer(URI.create(target)).getBytes(US_ASCII));
        }
      }
    } catch (IOException gone) {
      // a process that was killed
    }
  }

  private String answer(URI target) {
    Map<String, String> query = query(target);
    String path = target.getPath();
    return switch (path) {
      case "/tables/products/records" -> records(PRODUCT, query, rows);
      case "/tables/users/records" ->
          records(USER, query, query.getOrDefault("since", "").compareTo(THEN) < 0 ? rows : 0);
      case "/tables/products/schema" -> schema("product_id");
      case "/tables/users/schema" -> schema("user_id");
      case "/orgs/acme/repos" -> repositories(query);
      default -> issues(path, query.getOrDefault("since", ""));
    };
  }

  private static Map<String, String> query(URI target) {
    return Arrays.stream(String.valueOf(target.getRawQuery()).split("&", -1))
        .map(parameter -> parameter.split("=", 2))
        .filter(parameter -> parameter.length == 2)
        .collect(
            Collectors.toMap(
                parameter -> parameter[0], parameter -> URLDecoder.decode(parameter[1], US_ASCII)));
  }

  private static String schema(String key) {
    return ok("", "{\"schema\":[{\"name\":\"%s\",\"type\":\"string\"}]}".formatted(key));
  }

  private static String records(RowTemplate template, Map<String, String> query, int count) {
    int page = Integer.parseInt(query.getOrDefault("page", "1"));
    int from = Math.min(count, (page - 1) * PAGE);
    int to = Math.min(count, from + PAGE);
    String next = to < count ? Integer.toString(page + 1) : "null";
    return ok(
        "",
        "{\"records\":%s,\"total\":%d,\"next_page\":%s}"
            .formatted(template.rows(from, to), count, next));
  }

  private String repositories(Map<String, String> query) {
    int page = Integer.parseInt(query.getOrDefault("page", "1"));
    int size = Integer.parseInt(query.getOrDefault("per_page", "30"));
    int from = Math.min(rows, (page - 1) * size);
    int to = Math.min(rows, from + size);
    String link =
        "Link: <%s/orgs/acme/repos?type=all&per_page=%d&page=%d>; rel=\"next\"\r\n"
            .formatted(url(), size, page + 1);
    return ok(to < rows ? link : "", REPOSITORY.rows(from, to));
  }

  private String issues(String path, String since) {
    int repository =
        Integer.parseInt(path.replaceAll("\\D", ""))
            - RowTemplate.FIRST; // /repos/acme/r########/issues
    boolean isMoved = moved > 0 && repository % (rows / moved) == 0;
    String first = since.compareTo(THEN + "Z") <= 0 ? rows(ISSUE, repository) : "";
    String second = isMoved ? rows(NEW_ISSUE, repository) : "";
    String comma = first.isEmpty() || second.isEmpty() ? "" : ",";
    return ok("", "[" + first + comma + second + "]");
  }

  private static String rows(RowTemplate template, int row) {
    String list = template.rows(row, row + 1);
    return list.substring(1, list.length() - 1);
  }

  private static String ok(String header, String body) {
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n%sContent-Length: %d\r\n\r\n%s"
        .formatted(header, body.length(), body);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
