package dev.sluice.rest.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LinkHeaderTest {

  private static String next(String... headers) {
    return LinkHeader.target(List.of(headers), "next").orElse("");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '\0',
      value = {
        "</a>; rel=\"next\" # /a",
        "</a>;rel=next # /a",
        "</p>; rel=\"prev\", </a?x=1&y=2>; rel=\"next\", </l>; rel=\"last\" # /a?x=1&y=2",
        "</a>; rel=\"prev NEXT\" # /a",
        "</a>; REL=\"Next\" # /a",
        "</a> ; title=\"a, b; rel=\\\"next\\\"\" ; rel=\"prev\" , </b>; rel=next # /b",
        "</a,b;c>; rel=\"next\" # /a,b;c",
        "</a>; rel=prev; rel=next, </b>; rel=next # /b",
        ", ,</a>; rel = \"next\" # /a",
        "<>; rel=next # ",
        "</a>; title; rel=next # /a",
        "</a>; rel=\"next # /a",
        "</a>; rel=\"nextish\" # ",
        "</a # ",
        "rel=next # ",
        "</a> # "
      })
  void targetOfTheRelationIsFound(String header, String expected) {
    assertThat(next(header)).isEqualTo(expected == null ? "" : expected.strip());
  }

  @Test
  void severalHeadersAreOneList() {
    assertThat(next("</a>; rel=first", "</b>; rel=next")).isEqualTo("/b");
    assertThat(next()).isEmpty();
  }

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void noHeaderMakesTheParserFailOrGoOnForEver(long seed) {
    var random = new Random(seed);
    String alphabet = "<>;,=\"\\ \trelnxt/?&aé\u0000";
    for (int i = 0; i < 500; i++) {
      var header = new StringBuilder();
      int length = random.nextInt(60);
      while (header.length() < length) {
        header.append(
            switch (random.nextInt(6)) {
              case 0 -> "</a>";
              case 1 -> "; rel=\"next\"";
              default -> alphabet.charAt(random.nextInt(alphabet.length()));
            });
      }
      String target = next(header.toString());
      assertThat(header.toString()).contains(target);
    }
  }

  @Test
  void wellFormedLinkIsFoundAmongAnyOthers() {
    for (long seed = 0; seed < 200; seed++) {
      var random = new Random(seed);
      var header = new StringBuilder();
      for (int i = random.nextInt(4); i > 0; i--) {
        header.append("<https://h/%d,;x>; title=\"a\\\"<b>, \"; rel=\"prev last\" , ".formatted(i));
      }
      header.append("<https://h/wanted?a=b,c;d>; x=y; rel=\"up next\"");

      assertThat(next(header.toString())).isEqualTo("https://h/wanted?a=b,c;d");
    }
  }
}
