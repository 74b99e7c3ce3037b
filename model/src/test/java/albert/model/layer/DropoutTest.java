package albert.model.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import albert.model.graph.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

final class DropoutTest {

  /** Sizes that are and are not multiples of 4 and 256, since bytes are drawn in words, in rows. */
  @ParameterizedTest
  @CsvSource({"0.1, 400, 250", "0.1, 333, 301", "0.5, 101, 999", "0.001, 1000, 1000"})
  void asManyAreDroppedAsAskedAndTheMeanStays(double p, int rows, int width) {
    float[] dropped = drop(p, rows, width, 7, 1).get(0);
    double n = (double) rows * width;
    double kept = 1 / (1 - Math.round(p * 65536) / 65536.0);
    long zeros = 0;
    for (float value : dropped) {
      if (value == 0) {
        zeros++;
      } else {
        assertThat((double) value).isCloseTo(kept, within(1e-6));
      }
    }
    double fiveSigma = 5 * Math.sqrt(p * (1 - p) / n);
    assertThat(zeros / n).isCloseTo(p, within(fiveSigma + 1e-5));
  }

  @Test
  void nearlyAllIsTheMostThatIsDropped() {
    float[] dropped = drop(0.9999, 512, 256, 7, 1).get(0);
    int kept = 0;
    for (float value : dropped) {
      kept += value == 0 ? 0 : 1;
      assertThat(value).isIn(0f, 256f);
    }
    double n = dropped.length;
    assertThat(kept / n).isCloseTo(1 / 256.0, within(5 * Math.sqrt(1 / 256.0 / n)));
  }

  /** Of p = 2^-10, a fourth of the columns drops one value in 256, and the others none. */
  @Test
  void columnsTakeTurns() {
    BitSet ever = new BitSet();
    for (int step = 0; step < 24; step++) {
      BitSet columns = new BitSet();
      float[] dropped = drop(1 / 1024.0, 2048, 256, 7, step).get(0);
      for (int i = 0; i < dropped.length; i++) {
        columns.set(i % 256, columns.get(i % 256) || dropped[i] == 0);
      }
      assertThat(columns.cardinality()).isBetween(60, 64);
      ever.or(columns);
    }
    assertThat(ever.cardinality()).isEqualTo(256);
  }

  @Test
  void everyPlaceStepAndSeedDropsOthersAndTheSameOnceMore() {
    List<float[]> once = drop(0.5, 20, 30, 7, 1);
    assertThat(once.get(0)).isNotEqualTo(once.get(1));
    assertThat(drop(0.5, 20, 30, 7, 1).get(0)).isEqualTo(once.get(0));
    assertThat(drop(0.5, 20, 30, 7, 2).get(0)).isNotEqualTo(once.get(0));
    assertThat(drop(0.5, 20, 30, 8, 1).get(0)).isNotEqualTo(once.get(0));
  }

  @Test
  void neighboursAreIndependent() {
    float[] dropped = drop(0.5, 500, 500, 3, 4).get(0);
    int equal = 0;
    for (int i = 1; i < dropped.length; i++) {
      equal += dropped[i] == dropped[i - 1] ? 1 : 0;
    }
    double n = dropped.length - 1;
    assertThat(equal / n).isCloseTo(0.5, within(5 * 0.5 / Math.sqrt(n)));
  }

  /** 7 sequences of 3 rows each, of which 2, 0, 4 and 1 are dropped from by themselves. */
  @ParameterizedTest
  @CsvSource({"0.1, 100", "0.5, 1", "0.3, 256"})
  void aPartOfABatchDropsWhatTheWholeDoes(double p, int width) {
    List<float[]> whole = drop(p, 21, width, 7, 1);
    int first = 0;
    for (int size : new int[] {2, 0, 4, 1}) {
      int from = first;
      List<float[]> part =
          drop(
              p,
              3 * size,
              width,
              7,
              1,
              tf -> new Replica.Rows(tf.constant(from), tf.constant(size), tf.constant(7)));
      for (int place = 0; place < 2; place++) {
        assertThat(part.get(place))
            .containsExactly(
                Arrays.copyOfRange(whole.get(place), 3 * from * width, 3 * (from + size) * width));
      }
      first += size;
    }
  }

  /** Ones, dropped at two places of a graph. */
  private static List<float[]> drop(double p, int rows, int width, long seed, long step) {
    return drop(p, rows, width, seed, step, tf -> null);
  }

  private static List<float[]> drop(
      double p,
      int rows,
      int width,
      long seed,
      long step,
      Function<Ops, Replica.@Nullable Rows> own) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Dropout dropout = Dropout.training(new Kernels(tf), own.apply(tf));
      Operand<TFloat32> ones = tf.fill(tf.constant(new int[] {rows, width}), tf.constant(1f));
      Operand<TFloat32> first = dropout.apply(ones, p);
      Operand<TFloat32> second = dropout.apply(ones, p);
      try (Session session = new Session(graph);
          TInt64 fed = TInt64.vectorOf(seed, step);
          Result result =
              session.runner().feed(Dropout.SEED, fed).fetch(first).fetch(second).run()) {
        List<float[]> values = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
          float[] copy = new float[rows * width];
          ((TFloat32) result.get(i)).asRawTensor().data().asFloats().read(copy);
          values.add(copy);
        }
        return values;
      }
    }
  }
}
