package albert.experiments.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pooling against plain loops, padding and all. */
final class PoolingTest {
  private static final int HIDDEN = 5;

  private static float[] random(int size, long seed) {
    Random random = new Random(seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static float[] pooled(Pooling pooling, float[] values, int from, int... mask) {
    return new EmbeddingSettings(pooling, false, 8).embedding(values, from, mask, HIDDEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "111", "11100", "0110", "10101"})
  void theMeanIsOverTokensWhereverPaddingIs(String pattern) {
    int[] mask = pattern.chars().map(c -> c - '0').toArray();
    float[] values = random(7 + mask.length * HIDDEN + 11, mask.length);
    float[] found = pooled(Pooling.MEAN, values, 7, mask);
    for (int i = 0; i < HIDDEN; i++) {
      double sum = 0;
      int tokens = 0;
      for (int token = 0; token < mask.length; token++) {
        sum += mask[token] * (double) values[7 + token * HIDDEN + i];
        tokens += mask[token];
      }
      assertThat((double) found[i]).isCloseTo(sum / tokens, within(1e-7));
    }
  }

  @Test
  void clsIsTheFirstToken() {
    float[] values = random(3 * HIDDEN, 4);
    assertThat(pooled(Pooling.CLS, values, 0, 1, 1, 0))
        .containsExactly(Arrays.copyOf(values, HIDDEN));
    assertThat(pooled(Pooling.CLS, values, 0, 0, 1, 1))
        .containsExactly(Arrays.copyOfRange(values, HIDDEN, 2 * HIDDEN));
  }

  @Test
  void whatHasNoTokenIsZeroAndStaysSo() {
    float[] values = random(2 * HIDDEN, 5);
    EmbeddingSettings settings = new EmbeddingSettings(Pooling.MEAN, true, 8);
    assertThat(settings.embedding(values, 0, new int[2], HIDDEN)).containsOnly(0f);
  }

  @Test
  void normalisedVectorsHaveLengthOneAndTheSameDirection() {
    float[] values = random(2 * HIDDEN, 6);
    int[] mask = {1, 1};
    float[] plain = pooled(Pooling.MEAN, values, 0, mask);
    float[] normalised =
        new EmbeddingSettings(Pooling.MEAN, true, 8).embedding(values, 0, mask, HIDDEN);
    double squares = 0;
    for (int i = 0; i < HIDDEN; i++) {
      squares += (double) normalised[i] * normalised[i];
      assertThat((double) normalised[i] / plain[i])
          .isCloseTo((double) normalised[0] / plain[0], within(1e-5));
    }
    assertThat(squares).isCloseTo(1, within(1e-6));
  }
}
