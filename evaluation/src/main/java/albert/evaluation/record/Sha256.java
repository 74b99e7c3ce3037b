package albert.evaluation.record;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256, of a text, a file, or a list of parts. An object takes the parts: the length goes before
 * each, so that no two lists of parts are the same bytes.
 */
public final class Sha256 {
  private final MessageDigest digest = digest();

  /** A new digest, for bytes that come one after another. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** The 64 hexadecimal digits of what a digest took; after this the digest is as new. */
  public static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The 32 bytes of a text in UTF-8. */
  public static byte[] bytesOf(String text) {
    return digest().digest(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The 64 hexadecimal digits of a text in UTF-8. */
  public static String of(String text) {
    return HexFormat.of().formatHex(bytesOf(text));
  }

  /** The 64 hexadecimal digits of a file's bytes. */
  public static String of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return of(in);
    }
  }

  /** The 64 hexadecimal digits of the rest of a stream. Does not close it. */
  public static String of(InputStream in) throws IOException {
    MessageDigest digest = digest();
    in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
    return hex(digest);
  }

  /** Adds bytes. */
  public Sha256 add(byte[] bytes) {
    add(bytes.length);
    digest.update(bytes);
    return this;
  }

  /** Adds a text in UTF-8. */
  public Sha256 add(String text) {
    return add(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Adds a number. */
  public Sha256 add(long number) {
    for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      digest.update((byte) (number >>> shift));
    }
    return this;
  }

  /** The 64 hexadecimal digits; after this the object is as new. */
  public String hex() {
    return hex(digest);
  }
}
