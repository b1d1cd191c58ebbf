package dev.sluice.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.spi.Offset;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OffsetProgressTest {
  private static final String EARLY = "2026-01-01T00:00:00Z";
  private static final String LATE = "2026-03-01T00:00:00Z";
  private static final String RUN = "2026-05-01T00:00:00Z";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | |",
        "{'cursor':'EARLY','run':'RUN'} | EARLY | cursor EARLY",
        "{'until':'EARLY','pass':{'newest':'LATE','path':'p','query':[{'name':'page','value':'7'}]}}"
            + " | EARLY | until EARLY, page 7",
        "{'pass':{'newest':'LATE','run':'RUN','path':'p'}} | |",
        "{'path':'p','query':[{'name':'per_page','value':'100'},{'name':'page','value':'3'}]} | |"
            + " page 3",
        "{'state':'reading','path':'repos/a/b/branches?per_page=100&page=3'} | | page 3",
        "{'tip':'abc','windows':{'cursor':'EARLY'}} | EARLY | cursor EARLY",
        "{'tip':'abc','run':'RUN'} | RUN |",
        "{'tip':'abc','comparison':{'base':'x','page':4}} | | page 4",
        "{'tip':'abc','walk':{'page':{'page':7,'perPage':100}}} | | page 7",
        "{'run':'RUN','whole':'EARLY','left':['a'],'parents':{'a':{'cursor':'LATE'},'b':{}}} | LATE"
            + " |",
        "{'run':'RUN','whole':'EARLY','left':['c'],'parents':{'a':{'cursor':'LATE'}}} | EARLY |",
        "{'run':'RUN','whole':'EARLY','at':'20','parents':{'10':{'cursor':'LATE'},'20':{}}} | EARLY"
            + " | 20",
        "{'run':'RUN','parents':{'a':{'cursor':'EARLY'},'b':{'cursor':'LATE'}}} | RUN |",
        "{'run':'RUN','at':'b','parents':{'a':{'cursor':'EARLY'},'b':{'cursor':'LATE'}}} | LATE |"
            + " b, cursor LATE",
        "{'at':'b','parents':{'a':{'cursor':'EARLY'},'b':{'cursor':'LATE'}}} | EARLY | b, cursor"
            + " LATE",
        "{'run':'RUN','whole':'LATE','at':'a','parents':{'a':{'cursor':'EARLY'}}} | LATE | a,"
            + " cursor EARLY",
        "{'run':'RUN','at':'a','parents':{'a':{'cursor':'EARLY'},'b':{'path':'p'}}} | | a, cursor"
            + " EARLY",
      })
  void offsetTellsUpToWhenAndWhere(String json, @Nullable String upTo, @Nullable String place) {
    var reached = OffsetProgress.of(Offset.parse(filled(json)));

    assertThat(reached.upTo().map(Instant::toString)).isEqualTo(wanted(upTo));
    assertThat(reached.place()).isEqualTo(wanted(place));
  }

  private static Optional<String> wanted(@Nullable String text) {
    return Optional.ofNullable(text).map(OffsetProgressTest::filled);
  }

  private static String filled(String text) {
    return text.replace('\'', '"')
        .replace("EARLY", EARLY)
        .replace("LATE", LATE)
        .replace("RUN", RUN);
  }

  @Test
  void newestRecordIsThatOfAnyParent() {
    var reached =
        OffsetProgress.of(
            Offset.parse(
                filled("{'run':'RUN','parents':{'a':{'cursor':'LATE'},'b':{'cursor':'EARLY'}}}")));

    assertThat(reached.newest()).contains(Instant.parse(LATE));
  }
}
