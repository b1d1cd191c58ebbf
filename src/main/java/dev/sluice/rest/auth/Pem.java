package dev.sluice.rest.auth;

import java.io.ByteArrayOutputStream;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A reader of private keys as text (RFC 7468). Its exceptions say what is wrong and quote nothing.
 */
final class Pem {
  private static final Pattern PRIVATE_KEY =
      Pattern.compile(
          "-----BEGIN ((?:[A-Z]+ )?PRIVATE KEY)-----(.*?)-----END \\1-----", Pattern.DOTALL);

  /** Version 0, and the algorithm rsaEncryption with no parameters. */
  private static final byte[] RSA = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

  private static final int OCTET_STRING = 0x04;
  private static final int SEQUENCE = 0x30;

  private Pem() {}

  /**
   * Reads the key in a text, in PKCS #8 or, for RSA only, in PKCS #1. Line breaks may be blanks, or
   * the two characters {@code \n} as environment variables often have them.
   */
  static PKCS8EncodedKeySpec privateKey(String text) throws InvalidKeySpecException {
    var block = PRIVATE_KEY.matcher(text.replace("\\r", "").replace("\\n", "\n"));
    if (!block.find()) {
      throw new InvalidKeySpecException(
          "is not in PEM, which begins with -----BEGIN PRIVATE KEY----- or -----BEGIN RSA PRIVATE KEY-----"
              + " and ends with the line that belongs to it");
    }
    String label = block.group(1);
    if (label.startsWith("ENCRYPTED") || block.group(2).contains("ENCRYPTED")) {
      throw new InvalidKeySpecException(
          "is encrypted; 'openssl pkey -in key.pem -out plain.pem' removes its password");
    }
    return switch (label) {
      case "PRIVATE KEY" -> new PKCS8EncodedKeySpec(decoded(block.group(2)));
      case "RSA PRIVATE KEY" -> new PKCS8EncodedKeySpec(wrapped(decoded(block.group(2))));
      default ->
          throw new InvalidKeySpecException(
              "is in the form '%s'; PKCS #8 is needed, which begins with -----BEGIN PRIVATE KEY-----"
                  .formatted(label));
    };
  }

  private static byte[] decoded(String base64) throws InvalidKeySpecException {
    try {
      return Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      // without the cause, which quotes a character of the key
      throw new InvalidKeySpecException("is damaged: it is not Base64 between its two lines");
    }
  }

  /** Wraps a PKCS #1 key as PKCS #8, which adds the name of the algorithm RSA. */
  private static byte[] wrapped(byte[] key) {
    var content = new ByteArrayOutputStream();
    content.writeBytes(RSA);
    content.writeBytes(tagged(OCTET_STRING, key));
    return tagged(SEQUENCE, content.toByteArray());
  }

  /** Encodes a tag, the length and a value as DER. */
  private static byte[] tagged(int tag, byte[] value) {
    var out = new ByteArrayOutputStream();
    out.write(tag);
    int octets = Math.max(1, (39 - Integer.numberOfLeadingZeros(value.length)) / 8);
    if (value.length >= 0x80) {
      out.write(0x80 | octets);
    }
    for (int octet = octets - 1; octet >= 0; octet--) {
      out.write(value.length >>> (8 * octet));
    }
    out.writeBytes(value);
    return out.toByteArray();
  }
}
