package albert.experiments.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import albert.experiments.search.PassageIndex.Found;
import albert.model.tensor.FloatTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exact search against brute force. */
final class PassageIndexTest {
  private static final int SIZE = 24;

  private static FloatTensor vectors(int count, long seed) {
    Random random = new Random(seed);
    float[] values = new float[count * SIZE];
    for (int row = 0; row < count; row++) {
      double squares = 0;
      for (int i = row * SIZE; i < (row + 1) * SIZE; i++) {
        values[i] = (float) random.nextGaussian();
        squares += values[i] * values[i];
      }
      for (int i = row * SIZE; i < (row + 1) * SIZE; i++) {
        values[i] /= (float) Math.sqrt(squares);
      }
    }
    return FloatTensor.of(values, count, SIZE);
  }

  private static List<Passage> passages(int count) {
    return IntStream.range(0, count).mapToObj(i -> new Passage(i + 1, null, "p" + i)).toList();
  }

  private static double cosine(FloatTensor a, int row, FloatTensor b, int other) {
    double sum = 0;
    for (int i = 0; i < SIZE; i++) {
      sum += (double) a.values()[row * SIZE + i] * b.values()[other * SIZE + i];
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 255", "64, 256", "65, 257", "130, 700"})
  void theBestAreThoseOfBruteForce(int queries, int count) {
    FloatTensor asked = vectors(queries, 1);
    FloatTensor there = vectors(count, 2);
    List<List<Found>> found = new PassageIndex(passages(count), there).search(asked, 5);
    assertThat(found).hasSize(queries);
    for (int query = 0; query < queries; query++) {
      int row = query;
      List<Integer> expected =
          IntStream.range(0, count)
              .boxed()
              .sorted(Comparator.comparingDouble((Integer p) -> -cosine(asked, row, there, p)))
              .limit(5)
              .toList();
      List<Found> best = found.get(query);
      assertThat(best).hasSize(Math.min(5, count));
      for (int i = 0; i < best.size(); i++) {
        assertThat(best.get(i).rank()).isEqualTo(i + 1);
        assertThat(best.get(i).passage().line()).isEqualTo(expected.get(i) + 1);
        assertThat((double) best.get(i).score())
            .isCloseTo(cosine(asked, row, there, expected.get(i)), within(1e-6));
      }
    }
  }

  @Test
  void aCosineDoesNotDependOnWhatIsBesideIt() {
    FloatTensor asked = vectors(70, 3);
    FloatTensor there = vectors(600, 4);
    List<float[]> all = new ArrayList<>();
    CosineSimilarity.forEach(asked, there, (query, cosines) -> all.add(cosines.clone()));
    FloatTensor one =
        FloatTensor.of(Arrays.copyOfRange(asked.values(), 69 * SIZE, 70 * SIZE), 1, SIZE);
    FloatTensor few =
        FloatTensor.of(Arrays.copyOfRange(there.values(), 300 * SIZE, 310 * SIZE), 10, SIZE);
    CosineSimilarity.forEach(
        one,
        few,
        (query, cosines) ->
            assertThat(cosines).isEqualTo(Arrays.copyOfRange(all.get(69), 300, 310)));
    assertThat(all).hasSize(70);
  }

  @Test
  void ofEqualPassagesTheFirstComesFirstAndNoScoreIsAboveOne() {
    FloatTensor one = vectors(1, 5);
    float[] values = new float[4 * SIZE];
    for (int row : new int[] {0, 1, 3}) {
      System.arraycopy(one.values(), 0, values, row * SIZE, SIZE);
    }
    PassageIndex index = new PassageIndex(passages(4), FloatTensor.of(values, 4, SIZE));
    List<Found> found = index.search(one, 10).get(0);
    assertThat(found).extracting(hit -> hit.passage().line()).containsExactly(1L, 2L, 4L, 3L);
    assertThat(found.get(0).score()).isCloseTo(1, within(1e-6f)).isLessThanOrEqualTo(1);
    assertThat(found.get(3).score()).isZero();
  }
}
