package albert.experiments.search;

import albert.datasets.baseline.WordOverlap;
import albert.datasets.text.GlueTask;
import albert.datasets.text.TextExample;
import albert.evaluation.metric.Metric;
import albert.evaluation.metric.MetricValue;
import albert.experiments.task.kind.OfficialScores;
import albert.experiments.task.kind.References;
import albert.model.tensor.FloatTensor;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * STS-B by similarity: the cosine of a pair's vectors against the score that people gave. The
 * reference is the words that both have.
 *
 * @param pairs with their scores
 */
record SimilarityTask(List<TextExample> pairs) implements EmbeddingTask {

  @Override
  public int texts() {
    return 2 * pairs.size();
  }

  @Override
  public Result score(Vectors vectors, String protocol) throws IOException {
    FloatTensor first = vectors.of(texts(TextExample::text));
    FloatTensor second = vectors.of(texts(SimilarityTask::pair));
    double[] cosines = new double[pairs.size()];
    double[] overlaps = new double[pairs.size()];
    for (int i = 0; i < cosines.length; i++) {
      cosines[i] = cosine(first, second, i);
      overlaps[i] = WordOverlap.cosine(pairs.get(i).text(), pair(pairs.get(i)));
    }
    return new Result(
        scores(cosines, protocol), References.WORD_OVERLAP, scores(overlaps, References.PROTOCOL));
  }

  private List<String> texts(Function<TextExample, String> side) {
    return pairs.stream().map(side).toList();
  }

  private static String pair(TextExample example) {
    return Objects.requireNonNull(example.pair());
  }

  private static double cosine(FloatTensor first, FloatTensor second, int row) {
    int size = (int) first.shape()[1];
    double sum = 0;
    for (int i = row * size; i < (row + 1) * size; i++) {
      sum += (double) first.values()[i] * second.values()[i];
    }
    return sum;
  }

  private OfficialScores scores(double[] predicted, String protocol) {
    double[] gold = pairs.stream().mapToDouble(TextExample::label).toArray();
    Map<String, MetricValue> scores = new LinkedHashMap<>();
    for (Metric metric : GlueTask.STS_B.metrics()) {
      scores.put(metric.id(), metric.compute(gold, predicted));
    }
    return OfficialScores.of(GlueTask.STS_B.id(), pairs.size(), scores, protocol);
  }
}
