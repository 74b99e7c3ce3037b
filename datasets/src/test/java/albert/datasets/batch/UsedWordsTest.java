package albert.datasets.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class UsedWordsTest {

  @Test
  void areThoseOfAllParts() {
    List<EncodedExample> train = List.of(example(2, 7, 3), example(2, 9, 7, 3));
    List<EncodedExample> dev = List.of(example(2, 30_000, 3));
    assertThat(UsedWords.of(List.of(train, dev)).orElseThrow().stream())
        .containsExactly(2, 3, 7, 9, 30_000);
  }

  private static EncodedExample example(int... ids) {
    return new EncodedExample(0, new EncodedSequence(ids, new int[ids.length]), 0);
  }
}
