package albert.experiments.task.intent;

import albert.datasets.batch.EncodedBatch;
import albert.datasets.intent.ClincTask;
import albert.datasets.task.Task;
import albert.datasets.text.TextExample;
import albert.experiments.task.kind.Decoder;
import albert.experiments.task.kind.Predictions;
import albert.experiments.task.kind.TaskHead;
import albert.experiments.task.text.TextHead;
import albert.experiments.task.text.TextSequences;
import albert.model.head.Head;
import albert.model.io.HeadDescription;
import albert.model.tensor.HostTensor;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The head of a task with queries that are out of scope: that of a classification by the intents in
 * scope, perhaps with {@value ClincTask#OUT_OF_SCOPE} as one more, and a threshold. A prediction is
 * float32 [labels]: the probability of each.
 *
 * @param texts tells the labels apart
 * @param config has the threshold
 */
record ScopeHead(TextHead texts, ScopeConfig config)
    implements TaskHead<TextExample, TextSequences, float[]> {

  @Override
  public Head build(List<Double> classWeights) {
    return texts.build(classWeights);
  }

  @Override
  public HeadDescription description() {
    return texts.description();
  }

  @Override
  public List<String> outputs() {
    return texts.outputs();
  }

  @Override
  public Map<String, HostTensor> labels(EncodedBatch batch) {
    return texts.labels(batch);
  }

  @Override
  public Decoder<float[]> decoder(TextSequences sequences) {
    return texts.decoder(sequences);
  }

  /** As of a classification, with the threshold, below which the label is not an intent. */
  @Override
  public Object result(TextExample example, float[] probabilities) {
    Map<String, Object> result = texts.result(example, probabilities);
    if (probabilities[(int) texts.prediction(probabilities)[0]] < config.oosThreshold()) {
      result.put("label", ClincTask.OUT_OF_SCOPE);
    }
    result.put(ScopeConfig.THRESHOLD, config.oosThreshold());
    return result;
  }

  @Override
  public Predictions predictions(
      Task<TextExample> task, List<TextExample> examples, List<float[]> predicted) {
    List<double[]> probabilities = predicted.stream().map(ScopeHead::doubles).toList();
    return new ScopePredictions(
        task, description().labels(), config.oosThreshold(), examples, probabilities);
  }

  private static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }
}
