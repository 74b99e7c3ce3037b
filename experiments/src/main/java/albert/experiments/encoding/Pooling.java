package albert.experiments.encoding;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How the vectors of a sequence's tokens become the one of the sentence, as sentence-transformers
 * does it ({@code modules/pooling.py}).
 */
public enum Pooling {
  /** The mean over all tokens, [CLS] and [SEP] included; 0 where there is none. */
  MEAN {
    @Override
    void pool(float[] sequence, int from, int[] mask, float[] pooled) {
      double[] sums = new double[pooled.length];
      for (int token = 0; token < mask.length; token++) {
        if (mask[token] == 1) {
          int at = from + token * pooled.length;
          for (int i = 0; i < sums.length; i++) {
            sums[i] += sequence[at + i];
          }
        }
      }
      int tokens = Math.max(1, IntStream.of(mask).sum());
      for (int i = 0; i < sums.length; i++) {
        pooled[i] = (float) (sums[i] / tokens);
      }
    }
  },
  /** The vector of the first token, [CLS], as the last block puts it out, before any pooler. */
  CLS {
    @Override
    void pool(float[] sequence, int from, int[] mask, float[] pooled) {
      int first = 0;
      while (first < mask.length - 1 && mask[first] == 0) {
        first++;
      }
      System.arraycopy(sequence, from + first * pooled.length, pooled, 0, pooled.length);
    }
  };

  /** The pooling of a name, or nothing. */
  static Optional<Pooling> of(String id) {
    return Arrays.stream(values()).filter(pooling -> pooling.id().equals(id)).findFirst();
  }

  /** Every name. */
  public static List<String> ids() {
    return Arrays.stream(values()).map(Pooling::id).toList();
  }

  /** As options and files say it: {@code mean}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Pools a sequence.
   *
   * @param sequence float32 [tokens, H] from an index on, padding behind it or in it
   * @param from that index
   * @param mask int32 [tokens], 1 = token, 0 = padding
   * @param pooled float32 [H], is filled
   */
  abstract void pool(float[] sequence, int from, int[] mask, float[] pooled);
}
