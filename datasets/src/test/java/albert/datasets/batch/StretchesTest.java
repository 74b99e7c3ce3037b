package albert.datasets.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stretches against what the published code says of them, in loops over all. */
final class StretchesTest {

  @ParameterizedTest
  @CsvSource({"0, 5, 2", "5, 5, 2", "6, 5, 2", "100, 7, 3", "100, 8, 4", "41, 7, 1", "50, 7, 99"})
  void everyPieceIsInItsBestStretch(int pieces, int room, int stride) {
    Stretches stretches = new Stretches(pieces, room, stride);
    int count = stretches.count();
    assertThat(stretches.start(0)).isZero();
    assertThat(stretches.end(count - 1)).isEqualTo(pieces);
    for (int i = 1; i < count; i++) {
      assertThat(stretches.start(i)).isEqualTo(stretches.start(i - 1) + Math.min(stride, room));
      assertThat(stretches.end(i - 1)).isLessThan(pieces).isEqualTo(stretches.start(i - 1) + room);
    }
    for (int piece = 0; piece < pieces; piece++) {
      int best = 0;
      for (int other = 0; other < count; other++) {
        best = context(stretches, other, piece) > context(stretches, best, piece) ? other : best;
      }
      assertThat(stretches.best(piece)).isEqualTo(best);
      assertThat(IntStream.range(stretches.start(best), stretches.end(best))).contains(piece);
    }
  }

  private static double context(Stretches stretches, int stretch, int piece) {
    int left = piece - stretches.start(stretch);
    int right = stretches.end(stretch) - 1 - piece;
    int length = stretches.end(stretch) - stretches.start(stretch);
    return left < 0 || right < 0 ? -1 : Math.min(left, right) + 0.01 * length;
  }
}
