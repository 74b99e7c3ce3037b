package albert.experiments.run;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Named seeds that follow from one: a new kind of randomness gets a name of its own and leaves the
 * others as they were.
 *
 * @param root the seed that a person gave
 */
public record Seeds(long root) {

  /** Draws the initial weights. */
  public static final String INIT = "init";

  /** Draws the dropout masks. */
  public static final String DROPOUT = "dropout";

  /** Draws the order of the examples. */
  public static final String SHUFFLE = "shuffle";

  /** The seed of a name: the first eight bytes of the SHA-256 of {@code root:name}. */
  public long child(String name) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest((root + ":" + name).getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(hash).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
