package albert.datasets.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BatcherTest {
  private static final int ROWS = 1003;
  private static final List<EncodedExample> EXAMPLES = examples();

  private static List<EncodedExample> examples() {
    Random random = new Random(7);
    List<EncodedExample> examples = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      int[] ids = new int[2 + random.nextInt(60)];
      Arrays.fill(ids, row + 1);
      examples.add(new EncodedExample(row, new EncodedSequence(ids, new int[ids.length]), row % 3));
    }
    return examples;
  }

  private static List<Integer> rows(List<EncodedBatch> batches) {
    return batches.stream().flatMap(b -> Arrays.stream(b.rows()).boxed()).toList();
  }

  @Test
  void everyExampleIsOnceInAnEpochAndInEvaluation() {
    Batcher batcher = new Batcher(EXAMPLES, 16, 0);
    Integer[] all = IntStream.range(0, ROWS).boxed().toArray(Integer[]::new);
    assertThat(batcher.batchesPerEpoch()).isEqualTo(63);
    assertThat(batcher.epoch(3, 0)).hasSize(63);
    assertThat(rows(batcher.epoch(3, 0))).containsExactlyInAnyOrder(all);
    assertThat(rows(batcher.epoch(3, 1))).containsExactlyInAnyOrder(all);
    assertThat(rows(batcher.evaluation())).containsExactlyInAnyOrder(all);
  }

  @Test
  void orderDependsOnSeedAndEpochAlone() {
    List<Integer> order = rows(new Batcher(EXAMPLES, 16, 0).epoch(3, 2));
    Batcher resumed = new Batcher(examples(), 16, 0);
    assertThat(rows(resumed.epoch(3, 2))).isEqualTo(order);
    assertThat(rows(resumed.epoch(3, 2).subList(40, 63)))
        .isEqualTo(
            order.subList(
                order.size() - rows(resumed.epoch(3, 2).subList(40, 63)).size(), order.size()));
    assertThat(rows(resumed.epoch(3, 1))).isNotEqualTo(order);
    assertThat(rows(resumed.epoch(4, 2))).isNotEqualTo(order);
  }

  @Test
  void batchesArePaddedToTheirLongestExample() {
    for (EncodedBatch batch : new Batcher(EXAMPLES, 16, 9_999).epoch(1, 0)) {
      int width = batch.sequenceLength();
      int longest = 0;
      for (int i = 0; i < batch.size(); i++) {
        EncodedExample example = EXAMPLES.get(batch.rows()[i]);
        int[] expected = new int[width];
        Arrays.fill(expected, 9_999);
        Arrays.fill(expected, 0, example.length(), batch.rows()[i] + 1);
        assertThat(Arrays.copyOfRange(batch.inputIds(), i * width, (i + 1) * width))
            .containsExactly(expected);
        assertThat(Arrays.stream(batch.attentionMask(), i * width, (i + 1) * width).sum())
            .isEqualTo(example.length());
        assertThat(batch.classLabels()[i]).isEqualTo(batch.rows()[i] % 3);
        longest = Math.max(longest, example.length());
      }
      assertThat(width).isEqualTo((longest + 7) / 8 * 8);
    }
  }

  @Test
  void similarLengthsSaveMostOfThePadding() {
    List<EncodedBatch> epoch = new Batcher(EXAMPLES, 16, 0).epoch(1, 0);
    double slots = epoch.stream().mapToInt(b -> b.inputIds().length).sum();
    double tokens = epoch.stream().mapToInt(EncodedBatch::tokens).sum();
    assertThat(tokens / slots).isGreaterThan(0.85);
  }

  /** Choices of a question: in one batch, in a row, in their order; a batch size counts groups. */
  @Test
  void groupsAreNeverTornApart() {
    int each = 17;
    int groups = ROWS / each;
    Batcher batcher = new Batcher(EXAMPLES, each, 4, 0, 8);
    assertThat(batcher.batchesPerEpoch()).isEqualTo((groups + 3) / 4);
    for (List<EncodedBatch> batches : List.of(batcher.epoch(3, 0), batcher.evaluation())) {
      List<Integer> rows = rows(batches);
      assertThat(rows).hasSize(ROWS).doesNotHaveDuplicates();
      for (EncodedBatch batch : batches) {
        assertThat(batch.size() % each).isZero();
        for (int i = 0; i < batch.size(); i++) {
          int first = batch.rows()[i - i % each];
          assertThat(first % each).isZero();
          assertThat(batch.rows()[i]).isEqualTo(first + i % each);
        }
      }
    }
    List<Integer> longest =
        batcher.evaluation().stream().map(EncodedBatch::sequenceLength).toList();
    assertThat(longest).isSortedAccordingTo(Comparator.reverseOrder());
    List<EncodedBatch> whole = batcher.epoch(3, 1);
    List<EncodedBatch> resumed = new Batcher(examples(), each, 4, 0, 8).epoch(3, 1);
    assertThat(rows(resumed.subList(9, 15))).isEqualTo(rows(whole.subList(9, 15)));
    assertThat(rows(whole)).isNotEqualTo(rows(batcher.epoch(3, 0)));
    assertThatThrownBy(() -> new Batcher(EXAMPLES, 4, 4, 0, 8))
        .hasMessage("1003 examples are no groups of 4");
  }

  @Test
  void unknownLabelsAndBadSizesAreRefused() {
    EncodedSequence sequence = new EncodedSequence(new int[] {1, 2}, new int[2]);
    List<EncodedExample> secret = List.of(new EncodedExample(5, sequence, Double.NaN));
    EncodedBatch batch = new Batcher(secret, 4, 0).evaluation().get(0);
    assertThatThrownBy(batch::classLabels).hasMessage("row 5 has no label");
    assertThatThrownBy(() -> new Batcher(EXAMPLES, 0, 0)).hasMessageContaining("batch_size is 0");
    assertThatThrownBy(() -> new Batcher(List.of(), 4, 0)).hasMessageContaining("no examples");
  }
}
