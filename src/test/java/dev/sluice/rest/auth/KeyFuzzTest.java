package dev.sluice.rest.auth;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.fuzz.Chance;
import dev.sluice.fuzz.Fuzz;
import dev.sluice.fuzz.Mutation;
import dev.sluice.fuzz.Trial;
import dev.sluice.rest.auth.SigningKey.Algorithm;
import dev.sluice.rest.walk.TimeCursor;
import dev.sluice.spi.ConnectorException;
import dev.sluice.spi.ConnectorException.Kind;
import dev.sluice.spi.SourceRecord;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Private keys as operators paste them, and timestamps as sources write them. */
@Tag("fuzz")
class KeyFuzzTest {

  @Test
  void damagedKeyIsTheOperatorsConcernAndIsNotQuoted() throws Exception {
    var keys = new ArrayList<String>();
    for (String kind : List.of("RSA", "EC")) {
      var generator = KeyPairGenerator.getInstance(kind);
      generator.initialize(kind.equals("RSA") ? 2048 : 384);
      byte[] encoded = generator.generateKeyPair().getPrivate().getEncoded();
      String base64 = Base64.getMimeEncoder().encodeToString(encoded);
      keys.add("-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n");
      keys.add("-----BEGIN RSA PRIVATE KEY-----\n" + base64 + "\n-----END RSA PRIVATE KEY-----\n");
    }
    Fuzz.run(
        "Private keys", 3_000, chance -> keyTrial(keys, chance), Mutation.and("a key", "refused"));
  }

  private static Trial keyTrial(List<String> keys, Chance chance) {
    String input = chance.oneIn(5) ? chance.of(keys) : Mutation.damage(keys, chance);
    Algorithm algorithm = chance.of(Algorithm.values());
    return new Trial(
        input,
        pem -> {
          try {
            assertThat(SigningKey.pem(algorithm, "k1", pem)).isNotNull();
            return "a key";
          } catch (ConnectorException e) {
            assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION);
            assertThat(e.getCause()).isNull();
            for (String line : pem.split("[\\r\\n]+", -1)) {
              if (line.length() > 20 && !line.contains("-")) {
                assertThat(e.getMessage()).doesNotContain(line);
              }
            }
            return "refused";
          }
        });
  }

  @Test
  void cursorIsATimeOrAProtocolError() throws Exception {
    Fuzz.run("Cursors", 20_000, KeyFuzzTest::cursorTrial, Mutation.and("a time", "refused"));
  }

  private static Trial cursorTrial(Chance chance) {
    List<String> corpus =
        List.of(
            "2026-01-01T00:00:00Z",
            "2026-01-01T00:00:00.123456+01:00",
            "+999999999-12-31T23:59:59.999999999-18:00",
            "-999999999-01-01T00:00:00+18:00",
            "1772366700",
            "2026-02-30T00:00:00Z");
    String input = chance.oneIn(4) ? chance.of(corpus) : Mutation.damage(corpus, chance);
    var cursor = TimeCursor.on("at").identifiedBy(List.of("id"));
    return new Trial(
        input,
        text -> {
          String bytes = new String(text.getBytes(ISO_8859_1), ISO_8859_1);
          var record = SourceRecord.of("{\"id\":1}").with("at", bytes);
          try {
            Instant at = cursor.value(record);
            assertThat(Instant.parse(at.toString())).isEqualTo(at);
            return "a time";
          } catch (ConnectorException e) {
            assertThat(e.kind()).isEqualTo(Kind.PROTOCOL);
            return "refused";
          }
        });
  }
}
