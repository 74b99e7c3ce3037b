package albert.experiments.training;

import albert.evaluation.record.Sha256;
import java.nio.ByteBuffer;

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
    return ByteBuffer.wrap(Sha256.bytesOf(root + ":" + name)).getLong();
  }
}
