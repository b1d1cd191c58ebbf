package dev.sluice.rest.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8Test {

  private static boolean decodes(byte[] bytes, int start, int end) {
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, start, end - start));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  @Test
  void everyCharacterIsTextAndEveryCutOfItIsNot() {
    int whole = 0;
    int cut = 0;
    for (int character = 0; character <= Character.MAX_CODE_POINT; character++) {
      if (character < 0xD800 || character > 0xDFFF) {
        byte[] bytes = Character.toString(character).getBytes(UTF_8);

        whole += Utf8.isText(bytes, 0, bytes.length) ? 1 : 0;
        cut += bytes.length > 1 && Utf8.isText(bytes, 0, bytes.length - 1) ? 1 : 0;
      }
    }
    assertThat(whole).isEqualTo(Character.MAX_CODE_POINT + 1 - 0x800);
    assertThat(cut).isZero();
  }

  @Test
  void anyThreeBytesAreTextWhereTheyAreForAStrictReader() {
    for (int i = 0; i < 1 << 24; i += 61) {
      byte[] bytes = {(byte) (i >> 16), (byte) (i >> 8), (byte) i};

      assertThat(Utf8.isText(bytes, 0, 3)).isEqualTo(decodes(bytes, 0, 3));
    }
  }

  @Test
  void longTextsAreJudgedLikeAStrictReaderWould() {
    var random = new Random(5);
    int texts = 0;
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes =
          "a text of plain letters, then \u00FC, \u6771 or \uD83D\uDE00".repeat(2).getBytes(UTF_8);
      if (random.nextInt(4) > 0) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      int start = random.nextInt(20);
      int end = bytes.length - random.nextInt(20);

      boolean expected = decodes(bytes, start, end);
      assertThat(Utf8.isText(bytes, start, end)).isEqualTo(expected);
      texts += expected ? 1 : 0;
    }
    assertThat(texts).isBetween(1_000, 19_000);
  }
}
