package albert.experiments.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import albert.datasets.batch.Batcher;
import albert.datasets.batch.EncodedBatch;
import albert.datasets.batch.EncodedExample;
import albert.datasets.batch.EncodedSequence;
import albert.experiments.task.Sequences;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The batches of all inputs are those of their chunks, whoever gives them. */
final class EvaluationBatchesTest {

  private static final EvaluationBatches BATCHES = new EvaluationBatches(0, 2);

  @Test
  void ofTextsDoNotDependOnWhetherTheyComeInChunks() {
    List<EncodedExample> all = examples(2 * EvaluationBatches.CHUNK + 40);
    List<EncodedBatch> whole = batches(BATCHES.of(sequences(all, 1)));
    List<EncodedBatch> chunks = new ArrayList<>();
    for (int from = 0; from < all.size(); from += EvaluationBatches.CHUNK) {
      int to = Math.min(from + EvaluationBatches.CHUNK, all.size());
      chunks.addAll(batches(BATCHES.of(sequences(all.subList(from, to), 1))));
    }
    assertThat(whole).hasSize(2 * 32 + 2);
    assertThat(text(whole)).isEqualTo(text(chunks));
    assertThat(whole).allMatch(batch -> batch.sequenceLength() % 2 == 0);
    assertThat(whole.stream().flatMapToInt(batch -> Arrays.stream(batch.rows())).sorted())
        .containsExactly(IntStream.range(0, all.size()).boxed().toArray(Integer[]::new));
  }

  /** Windows of a question stay together, however many there are. */
  @Test
  void ofWindowsAreCutBetweenQuestions() {
    List<EncodedExample> windows = examples(3 * EvaluationBatches.CHUNK);
    List<Batcher> chunks = BATCHES.of(sequences(windows, 2));
    assertThat(chunks).hasSize(2);
    assertThat(chunks.get(0).evaluation().stream().mapToInt(EncodedBatch::size).sum())
        .isEqualTo(2 * EvaluationBatches.CHUNK);
    assertThat(text(batches(chunks.subList(0, 1))))
        .isEqualTo(
            text(
                batches(
                    BATCHES.of(sequences(windows.subList(0, 2 * EvaluationBatches.CHUNK), 2)))));
  }

  /** So many of each example. */
  private static Sequences sequences(List<EncodedExample> rows, int each) {
    return new Sequences() {
      @Override
      public List<EncodedExample> rows() {
        return rows;
      }

      @Override
      public int example(int row) {
        return row / each;
      }

      @Override
      public long cut() {
        return 0;
      }
    };
  }

  private static List<EncodedBatch> batches(List<Batcher> chunks) {
    return chunks.stream().flatMap(chunk -> chunk.evaluation().stream()).toList();
  }

  private static List<String> text(List<EncodedBatch> batches) {
    return batches.stream()
        .map(batch -> batch.sequenceLength() + Arrays.toString(batch.inputIds()))
        .toList();
  }

  private static List<EncodedExample> examples(int n) {
    Random random = new Random(1);
    List<EncodedExample> examples = new ArrayList<>();
    for (int row = 0; row < n; row++) {
      int[] ids = random.ints(3 + random.nextInt(9), 5, 100).toArray();
      examples.add(
          new EncodedExample(row, new EncodedSequence(ids, new int[ids.length]), Double.NaN));
    }
    return examples;
  }
}
