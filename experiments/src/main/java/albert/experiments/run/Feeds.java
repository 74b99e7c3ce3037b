package albert.experiments.run;

import albert.datasets.batch.EncodedBatch;
import albert.datasets.task.Task;
import albert.datasets.task.TaskKind;
import albert.experiments.ModelInputs;
import albert.model.head.ClassificationHead;
import albert.model.head.Head;
import albert.model.head.RegressionHead;
import albert.model.io.HeadDescription;
import albert.model.io.HeadKind;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import albert.model.tensor.IntTensor;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where datasets and model meet: the head of a task, and its batches as the model takes them. */
final class Feeds {

  private Feeds() {}

  /**
   * The head that a task needs.
   *
   * @param classWeights one a class, or none
   */
  static Head head(Task task, List<Double> classWeights) {
    return task.kind() == TaskKind.CLASSIFICATION
        ? new ClassificationHead(task.labels().size(), classWeights)
        : new RegressionHead();
  }

  /** The same as weight files describe it. */
  static HeadDescription description(Task task) {
    return task.kind() == TaskKind.CLASSIFICATION
        ? new HeadDescription(HeadKind.CLASSIFICATION, task.labels())
        : HeadDescription.of(HeadKind.REGRESSION);
  }

  /** A batch without its labels. */
  static Map<String, HostTensor> inputs(EncodedBatch batch) {
    return ModelInputs.of(batch);
  }

  /** A batch with its labels. */
  static Map<String, HostTensor> labelled(EncodedBatch batch, TaskKind kind) {
    Map<String, HostTensor> feed = new TreeMap<>(inputs(batch));
    if (kind == TaskKind.CLASSIFICATION) {
      feed.put(ClassificationHead.LABELS, IntTensor.of(batch.classLabels(), batch.size()));
    } else {
      feed.put(RegressionHead.TARGETS, FloatTensor.of(batch.labels(), batch.size()));
    }
    return feed;
  }
}
