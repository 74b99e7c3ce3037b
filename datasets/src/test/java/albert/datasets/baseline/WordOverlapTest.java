package albert.datasets.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WordOverlapTest {

  /** With the numbers of different words: shared, in the first text, in the second. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a b c | b c d e | 2 | 3 | 4",
        "A man plays a guitar. | a man is playing the guitar | 3 | 4 | 6",
        "Größe, größe: 2 | 2 GRÖSSE größe | 2 | 2 | 3",
        "the same words | words the, same! | 3 | 3 | 3",
      })
  void isTheCosineOfTheWordsThatAreThere(
      String first, String second, int shared, int one, int other) {
    double expected = shared / Math.sqrt(one * other);
    assertThat(WordOverlap.cosine(first, second)).isCloseTo(expected, within(1e-15));
    assertThat(WordOverlap.cosine(second, first)).isCloseTo(expected, within(1e-15));
  }

  @ParameterizedTest
  @CsvSource({"cat,dog", "cat,'...'", "'',''"})
  void isZeroWhereNoWordIsShared(String first, String second) {
    assertThat(WordOverlap.cosine(first, second)).isZero();
  }
}
