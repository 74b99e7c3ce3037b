package albert.experiments.task.summary;

import albert.datasets.summary.SummaryDocument;
import albert.datasets.task.Task;
import albert.evaluation.metric.MetricValue;
import albert.evaluation.metric.Rouge;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The names that scores of summaries have. */
final class SummaryFigures {
  private static final Map<String, ToDoubleFunction<Rouge>> ALL =
      Map.of(
          "rouge1", rouge -> rouge.rouge1().f(),
          "rouge2", rouge -> rouge.rouge2().f(),
          "rougeL", rouge -> rouge.rougeL().f(),
          "rougeLsum", rouge -> rouge.rougeLsum().f());

  private SummaryFigures() {}

  /**
   * Mean F over the documents, from 0 to 1, of words with their endings removed (stemmed), each
   * document's against the reference that its summary comes closest to.
   *
   * @param documents with references, at least one
   * @param summaries a line a sentence
   */
  static Map<String, MetricValue> of(
      Task<SummaryDocument> task, List<SummaryDocument> documents, List<String> summaries) {
    List<Rouge> each =
        IntStream.range(0, documents.size())
            .parallel()
            .mapToObj(i -> Rouge.closest(documents.get(i).references(), summaries.get(i), true))
            .toList();
    Map<String, MetricValue> figures = new LinkedHashMap<>();
    for (String name : task.metricIds()) {
      ToDoubleFunction<Rouge> figure = ALL.getOrDefault(name, rouge -> Double.NaN);
      double sum = 0;
      for (Rouge rouge : each) {
        sum += figure.applyAsDouble(rouge);
      }
      figures.put(name, MetricValue.of(sum / each.size()));
    }
    return figures;
  }
}
