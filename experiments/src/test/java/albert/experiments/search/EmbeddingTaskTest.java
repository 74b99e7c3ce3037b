package albert.experiments.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import albert.datasets.DataFormatException;
import albert.datasets.span.ParagraphRetrieval;
import albert.datasets.text.TextExample;
import albert.experiments.InputException;
import albert.model.tensor.FloatTensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scores of embeddings that are known: a text is its angle, in degrees. */
final class EmbeddingTaskTest {
  @TempDir private Path folder;

  private static FloatTensor angles(List<String> texts) {
    float[] values = new float[2 * texts.size()];
    for (int i = 0; i < texts.size(); i++) {
      double angle = Math.toRadians(Double.parseDouble(texts.get(i)));
      values[2 * i] = (float) Math.cos(angle);
      values[2 * i + 1] = (float) Math.sin(angle);
    }
    return FloatTensor.of(values, texts.size(), 2);
  }

  private static TextExample pair(String first, String second, double label) {
    return new TextExample("id", first, second, label);
  }

  @Test
  void similarityIsTheCosineAgainstPeoplesScores() throws IOException {
    // cosines 1, 0.5, 0 and -1: in order, but not on a line with the scores
    SimilarityTask task =
        new SimilarityTask(
            List.of(
                pair("10", "10", 5),
                pair("0", "60", 4),
                pair("20", "110", 1),
                pair("0", "180", 0.5)));
    EmbeddingTask.Result result = task.score(EmbeddingTaskTest::angles, "how");
    assertThat(task.texts()).isEqualTo(8);
    assertThat(result.scores().protocol()).isEqualTo("how");
    assertThat(result.scores().n()).isEqualTo(4);
    Map<String, @Nullable Double> scores = result.scores().scores();
    assertThat(scores.get("spearman")).isEqualTo(1.0);
    double[] x = {1, 0.5, 0, -1};
    double[] y = {5, 4, 1, 0.5};
    assertThat(scores.get("pearson")).isCloseTo(pearson(x, y), within(1e-6));
    assertThat(result.reference()).isEqualTo("word overlap (cosine)");
    double[] overlap = {1, 0, 0, 0}; // but for the first, no pair shares a word
    assertThat(result.referenceScores().scores().get("pearson"))
        .isCloseTo(pearson(overlap, y), within(1e-12));
  }

  private static double pearson(double[] x, double[] y) {
    double mx = Arrays.stream(x).average().orElseThrow();
    double my = Arrays.stream(y).average().orElseThrow();
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < x.length; i++) {
      xy += (x[i] - mx) * (y[i] - my);
      xx += (x[i] - mx) * (x[i] - mx);
      yy += (y[i] - my) * (y[i] - my);
    }
    return xy / Math.sqrt(xx * yy);
  }

  @Test
  void retrievalRanksTheRightParagraphAmongAll() throws IOException {
    RetrievalTask task =
        new RetrievalTask(
            new ParagraphRetrieval(
                List.of("0", "40", "90", "90"),
                List.of("1", "30", "89", "88"),
                List.of(0, 0, 2, 3)));
    EmbeddingTask.Result result = task.score(EmbeddingTaskTest::angles, "how");
    // ranks 1; 2, after 40 degrees; 1, the first of equals; 2, the second of them
    assertThat(task.texts()).isEqualTo(8);
    assertThat(result.scores().scores())
        .containsEntry("recall@1", 0.5)
        .containsEntry("recall@5", 1.0)
        .containsEntry("mrr", 0.75);
    assertThat(result.scores().n()).isEqualTo(4);
    assertThat(result.scores().protocol()).isEqualTo("how, among 4 paragraphs");
    assertThat(result.reference()).isEqualTo("BM25");
    // no words in common: all are equal, so the ranks are 1, 1, 3 and 4
    assertThat(result.referenceScores().scores())
        .containsEntry("recall@1", 0.5)
        .containsEntry("mrr", (1 + 1 + 1 / 3.0 + 1 / 4.0) / 4);
  }

  @Test
  void whatIsNotThereIsNamed() {
    assertThatThrownBy(() -> EmbeddingTask.read("sts", folder))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("--task is 'sts'")
        .hasMessageEndingWith("allowed are sts-b, squad-v1.1");
    for (String task : EmbeddingTask.ids()) {
      assertThatThrownBy(() -> EmbeddingTask.read(task, folder))
          .isInstanceOf(DataFormatException.class)
          .hasMessageContaining("there is no data of task " + task);
    }
  }
}
