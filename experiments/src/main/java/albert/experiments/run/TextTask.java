package albert.experiments.run;

import albert.datasets.batch.EncodedBatch;
import albert.datasets.batch.EncodedExample;
import albert.datasets.batch.UsedWords;
import albert.datasets.task.SplitName;
import albert.datasets.task.Task;
import albert.datasets.task.TaskData;
import albert.datasets.task.TextExample;
import albert.evaluation.record.DataFingerprint;
import albert.experiments.config.RunConfig;
import albert.experiments.stage.StopSignal;
import albert.model.head.Head;
import albert.model.tensor.HostTensor;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A classification or regression over texts or pairs.
 *
 * @param data the task's data, of its training examples those that are trained on
 * @param train the training examples
 * @param dev the examples that scores are for
 * @param ids how they were made
 */
record TextTask(TaskData data, List<EncodedExample> train, List<EncodedExample> dev, Ids ids)
    implements EncodedTask {

  Task task() {
    return data.task();
  }

  @Override
  public DataFingerprint fingerprint() {
    return data.fingerprint();
  }

  @Override
  public Optional<BitSet> words() {
    Optional<BitSet> words = UsedWords.of(List.of(train, dev));
    words.ifPresent(all -> all.set(ids.padId()));
    return words;
  }

  @Override
  public List<String> notes() {
    long[] counts = classCounts();
    long classes = Arrays.stream(counts).filter(count -> count > 0).count();
    return classes == 1
        ? List.of("all training examples have one label, so that there is nothing to tell apart")
        : List.of();
  }

  @Override
  public TextHead head(RunConfig config) {
    return TextHead.of(task());
  }

  @Override
  public Head trainedHead(RunConfig config) {
    return head(config).build(config.training().classWeights().of(classCounts()));
  }

  /** Training examples of each class; empty for a regression. */
  private long[] classCounts() {
    long[] counts = new long[task().labels().size()];
    if (counts.length > 0) {
      data.examples(SplitName.TRAIN).forEach(example -> counts[example.labelIndex()]++);
    }
    return counts;
  }

  @Override
  public Map<String, HostTensor> labelled(EncodedBatch batch, RunConfig config) {
    return head(config).labelled(batch);
  }

  @Override
  public Evaluation evaluate(Evaluation.Predictor model, RunConfig config, StopSignal stop) {
    List<TextExample> texts = data.examples(SplitName.DEV);
    float[][] values = new float[texts.size()][];
    Evaluation.Speed speed = fill(values, dev, model, config, stop);
    return Evaluation.of(new TextPredictions(task(), texts, values), speed);
  }

  /**
   * What a model predicts for any texts.
   *
   * @param whose a task with this one's labels
   * @param encoded the texts as ids
   */
  TextPredictions predict(
      Task whose,
      List<TextExample> texts,
      List<EncodedExample> encoded,
      Evaluation.Predictor model,
      RunConfig config,
      StopSignal stop) {
    float[][] values = new float[texts.size()][];
    fill(values, encoded, model, config, stop);
    return new TextPredictions(whose, texts, values);
  }

  private Evaluation.Speed fill(
      float[][] values,
      List<EncodedExample> encoded,
      Evaluation.Predictor model,
      RunConfig config,
      StopSignal stop) {
    TextHead head = head(config);
    return Evaluation.run(
        model,
        ids.evaluation(config).of(encoded),
        head.outputs(),
        (batch, outputs) -> head.read(batch, outputs, values),
        stop);
  }

  @Override
  public long devSequences() {
    return dev.size();
  }

  @Override
  public EncodedBatch oneOfDev(RunConfig config) {
    return ids.batches(dev.subList(0, 1), config).evaluation().get(0);
  }
}
