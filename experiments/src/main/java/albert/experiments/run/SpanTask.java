package albert.experiments.run;

import albert.datasets.batch.EncodedBatch;
import albert.datasets.batch.EncodedExample;
import albert.datasets.squad.AnswerSelection;
import albert.datasets.squad.SpanData;
import albert.datasets.squad.SpanOutput;
import albert.datasets.squad.SpanPrediction;
import albert.datasets.squad.SpanTraining;
import albert.datasets.squad.SpanWindows;
import albert.datasets.task.SplitName;
import albert.evaluation.record.DataFingerprint;
import albert.experiments.config.RunConfig;
import albert.experiments.config.SpanConfig;
import albert.experiments.stage.StopSignal;
import albert.model.head.Head;
import albert.model.tensor.HostTensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Questions whose answer is a span of a text. A sequence is a window of the text with the question
 * in front; scores are of questions.
 *
 * @param data the questions, of the training questions those that are trained on
 * @param training the windows that are trained on
 * @param dev the windows of the questions that scores are for
 * @param ids how they were made
 */
record SpanTask(SpanData data, SpanTraining training, SpanWindows dev, Ids ids)
    implements EncodedTask {

  @Override
  public DataFingerprint fingerprint() {
    return data.fingerprint();
  }

  @Override
  public List<EncodedExample> train() {
    return training.examples();
  }

  @Override
  public SpanTaskHead head(RunConfig config) {
    return SpanTaskHead.of(spans(config));
  }

  @Override
  public Head trainedHead(RunConfig config) {
    return head(config).build(List.of());
  }

  @Override
  public Map<String, HostTensor> labelled(EncodedBatch batch, RunConfig config) {
    return head(config).labelled(batch, training);
  }

  @Override
  public Evaluation evaluate(Evaluation.Predictor model, RunConfig config, StopSignal stop) {
    SpanTaskHead head = head(config);
    SpanConfig spans = spans(config);
    SpanOutput[] outputs = new SpanOutput[dev.windows().size()];
    Evaluation.Speed speed =
        Evaluation.run(
            model,
            ids.evaluation(config).of(dev.examples(), row -> dev.windows().get(row).example()),
            head.outputs(),
            (batch, values) -> head.read(batch, values, outputs),
            stop);
    List<SpanPrediction> answers =
        new AnswerSelection(
                spans.nBestSize(), spans.maxAnswerLength(), data.task().hasUnanswerable())
            .select(data.examples(SplitName.DEV), dev, Arrays.asList(outputs));
    return Evaluation.of(
        new SpanPredictions(
            data.task(), data.examples(SplitName.DEV), answers, spans.nullScoreDiffThreshold()),
        speed);
  }

  @Override
  public long devSequences() {
    return dev.examples().size();
  }

  @Override
  public EncodedBatch oneOfDev(RunConfig config) {
    return ids.batches(dev.examples().subList(0, 1), config).evaluation().get(0);
  }

  private static SpanConfig spans(RunConfig config) {
    return Objects.requireNonNull(config.spans());
  }
}
