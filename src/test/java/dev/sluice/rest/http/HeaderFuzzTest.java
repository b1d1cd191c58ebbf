package dev.sluice.rest.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fuzz.Chance;
import dev.sluice.fuzz.Fuzz;
import dev.sluice.fuzz.Mutation;
import dev.sluice.fuzz.Trial;
import dev.sluice.rest.page.LinkHeader;
import dev.sluice.rest.url.Origin;
import jakarta.ws.rs.core.MultivaluedHashMap;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Headers and links, which a source writes as it likes. */
@Tag("fuzz")
class HeaderFuzzTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String BASE = "https://api.example.com/v1/items?since=1";

  // Link

  private record Link(String target, List<String> relations) {}

  @Test
  void linkIsFoundWhereItIsWellFormedAndNothingIsMadeUp() throws Exception {
    Fuzz.run(
        "Link header",
        20_000,
        HeaderFuzzTest::linkTrial,
        Mutation.and("found", "none", "damaged, found", "damaged, none"));
  }

  private static Trial linkTrial(Chance chance) {
    var links = new ArrayList<Link>();
    String good = links(chance, links);
    if (chance.oneIn(2)) {
      Optional<String> expected =
          links.stream()
              .filter(link -> link.relations().contains("next"))
              .map(Link::target)
              .findFirst();
      return new Trial(
          good,
          header -> {
            if (header.equals(good)) { // smaller ones are other headers
              assertThat(LinkHeader.target(List.of(header), "next")).isEqualTo(expected);
            }
            return expected.isPresent() ? "found" : "none";
          });
    }
    return new Trial(
        Mutation.damage(List.of(good, "<https://h/a?b=c,d>; rel=\"next\", </l>; rel=last"), chance),
        header -> {
          var target = LinkHeader.target(List.of(header), "next");
          target.ifPresent(found -> assertThat(header).contains("<" + found + ">"));
          return target.isPresent() ? "damaged, found" : "damaged, none";
        });
  }

  private static String links(Chance chance, List<Link> links) {
    var header = new StringBuilder();
    for (int i = chance.below(5); i >= 0; i--) {
      var link = link(chance);
      links.add(link);
      header
          .append(header.isEmpty() ? "" : chance.of(",", ", ", " ,\t", ",,"))
          .append(text(link, chance));
    }
    return header.toString();
  }

  private static Link link(Chance chance) {
    String target = chance.of("/a", "?page=2", "https://h/x?a=b,c;d", "", "/%3E", "../x", "/\"q\"");
    return new Link(
        target + chance.of("", "&after=x==", ",", ";", "=\\"),
        chance.of(
            List.of("prev"),
            List.of("next"),
            List.of("last", "next"),
            List.of("nextish"),
            List.of()));
  }

  private static String text(Link link, Chance chance) {
    var text = new StringBuilder("<").append(link.target()).append('>');
    if (chance.oneIn(3)) {
      text.append(
          chance.of("; title=\"a, <b>; rel=\\\"next\\\"\"", ";hreflang=de", "; x", " ; y = z"));
    }
    if (!link.relations().isEmpty()) {
      String relations = String.join(chance.of(" ", "  ", "\t"), link.relations());
      String name = chance.of("rel", "REL", "Rel");
      boolean quoted = link.relations().size() > 1 || chance.oneIn(2);
      text.append(chance.of(";", "; ", " ;\t")).append(name).append(chance.of("=", " = "));
      text.append(quoted ? "\"" + relations + "\"" : relations);
    }
    if (chance.oneIn(4)) {
      text.append(
          chance
              .of("; rel=next2", "; rel=\"first\"", "; anchor=\"#foo\"")
              .replace("rel", link.relations().isEmpty() ? "rev" : "rel"));
    }
    return text.toString();
  }

  // Retry-After and the like

  @Test
  void pauseIsInTheFutureAndNoLongerThanADay() throws Exception {
    Fuzz.run(
        "Retry-After and rate limits",
        20_000,
        HeaderFuzzTest::pauseTrial,
        Mutation.and("a wait", "no wait", "limited"));
  }

  private static Trial pauseTrial(Chance chance) {
    String number = Long.toString(chance.oneIn(2) ? chance.anyLong() : chance.below(200_000));
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            NOW.plusSeconds(chance.below(400_000) - 200_000L).atOffset(ZoneOffset.UTC));
    List<String> corpus =
        List.of(
            number,
            date,
            "Sunday, 01-Mar-26 12:10:00 GMT",
            "Sun Mar  1 12:10:00 2026",
            "1772366700");
    String input = chance.oneIn(3) ? chance.of(corpus) : Mutation.damage(corpus, chance);
    String remaining = chance.of("0", "0", "1", "", "-1", "00");
    String prefix = chance.of("X-RateLimit-", "ratelimit-", "x-rate-limit-");
    String name = chance.oneIn(2) ? "Retry-After" : prefix + "Reset";
    return new Trial(
        input,
        value -> {
          var headers = new MultivaluedHashMap<String, String>();
          headers.add(name, value);
          headers.add(prefix + "Remaining", remaining);
          var answer = new Answer(Request.Method.GET, "https://h", 429, headers, new byte[0], 0);
          var resumeAt = RetryHeaders.resumeAt(answer, NOW);
          resumeAt.ifPresent(
              at -> assertThat(at).isAfter(NOW).isBeforeOrEqualTo(NOW.plus(Duration.ofDays(1))));
          if (resumeAt.isPresent()) {
            return "a wait";
          }
          return RetryHeaders.isLimited(answer) ? "limited" : "no wait";
        });
  }

  // links to pages

  @Test
  void linkLeadsToAUrlOfTheSameOriginOrIsRefused() throws Exception {
    Fuzz.run(
        "Links to pages",
        6_000,
        HeaderFuzzTest::urlTrial,
        Mutation.and("same origin", "another origin", "no URL"));
  }

  private static Trial urlTrial(Chance chance) {
    List<String> corpus =
        List.of(
            "https://api.example.com/v1/items?page=2&x=%2f",
            "https://api.example.com:443/v1",
            "https://api.example.com@evil.example/",
            "https://user:password@api.example.com/",
            "//api.example.com/x",
            "//evil.example/x",
            "/v1/items?cursor=a+b/=",
            "?page=3",
            "../x?y#z",
            "items;a=b",
            "https:\\\\evil.example",
            "\\\\evil.example",
            "javascript:alert(1)",
            "https://api.example.com\u0000.evil.example/",
            "http://[::1",
            "");
    String input = chance.oneIn(4) ? chance.of(corpus) : Mutation.damage(corpus, chance);
    return new Trial(input, HeaderFuzzTest::follow);
  }

  private static String follow(String link) {
    String url;
    Origin origin;
    try {
      url = Urls.resolve(BASE, link);
      origin = Origin.of(URI.create(url));
    } catch (IllegalArgumentException e) {
      return "no URL";
    }
    assertThat(url.chars()).as(url).allMatch(c -> c > ' ' && c < 0x7F);
    if (!origin.equals(Origin.of(URI.create(BASE)))) {
      return "another origin";
    }
    // whoever reads it, reads the same host in it
    assertThat(url).matches("(?i)https://([^/?#\\\\]*@)?api\\.example\\.com(:443|:)?([/?].*)?");
    assertThat(Urls.resolve(url, url)).isEqualTo(url);
    String with = Urls.with(url, List.of(new Request.Parameter("api key", "k&=#")));
    assertThat(Urls.without(with, "api key")).isEqualTo(Urls.without(url, "api key"));
    assertThat(with.startsWith(url)).isTrue();
    return "same origin";
  }
}
