package albert.datasets.text;

import albert.datasets.task.SplitName;
import albert.datasets.task.Task;
import albert.evaluation.metric.Metric;
import java.util.List;
import java.util.Map;

/** A task that predicts a class, several labels or a number from single texts or pairs. */
public interface TextTask extends Task<TextExample> {
  /** What is predicted. */
  LabelKind kind();

  /** The names of the classes, in the order of their indices; empty for a regression. */
  List<String> labels();

  /** What it is scored by; the first is the one that models are chosen by. */
  List<Metric> metrics();

  @Override
  default List<String> metricIds() {
    return metrics().stream().map(Metric::id).toList();
  }

  @Override
  default String sha256(Map<SplitName, List<TextExample>> splits) {
    return ExampleHash.of(splits);
  }
}
