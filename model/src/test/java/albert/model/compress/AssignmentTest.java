package albert.model.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The best assignment against all of them. */
final class AssignmentTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  void noOtherAssignmentGainsMore(int size) {
    Random random = new Random(size);
    for (int trial = 0; trial < 20; trial++) {
      float[] gain = new float[size * size];
      for (int i = 0; i < gain.length; i++) {
        gain[i] = trial % 2 == 0 ? random.nextFloat() - 0.5f : random.nextInt(3);
      }
      int[] best = Assignment.best(gain, size);
      assertThat(best).containsExactlyInAnyOrder(IntStream.range(0, size).toArray());
      assertThat(gain(gain, best)).isCloseTo(highest(gain, size, new ArrayList<>()), within(1e-6));
    }
  }

  private static double highest(float[] gain, int size, List<Integer> begun) {
    if (begun.size() == size) {
      return gain(gain, begun.stream().mapToInt(Integer::intValue).toArray());
    }
    double highest = Double.NEGATIVE_INFINITY;
    for (int column = 0; column < size; column++) {
      if (!begun.contains(column)) {
        List<Integer> longer = new ArrayList<>(begun);
        longer.add(column);
        highest = Math.max(highest, highest(gain, size, longer));
      }
    }
    return highest;
  }

  private static double gain(float[] gain, int[] columns) {
    double sum = 0;
    for (int row = 0; row < columns.length; row++) {
      sum += gain[row * columns.length + columns[row]];
    }
    return sum;
  }
}
