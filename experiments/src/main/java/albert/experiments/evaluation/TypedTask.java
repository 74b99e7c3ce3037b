package albert.experiments.evaluation;

import albert.datasets.batch.Batcher;
import albert.datasets.batch.EncodedBatch;
import albert.datasets.batch.EncodedExample;
import albert.datasets.batch.UsedWords;
import albert.datasets.task.Example;
import albert.datasets.task.SplitName;
import albert.datasets.task.Task;
import albert.datasets.task.TaskData;
import albert.datasets.tokenizer.Tokenizer;
import albert.evaluation.record.DataFingerprint;
import albert.experiments.ModelInputs;
import albert.experiments.config.PredictParts;
import albert.experiments.config.RunConfig;
import albert.experiments.stage.StopSignal;
import albert.experiments.task.kind.Decoder;
import albert.experiments.task.kind.Predictions;
import albert.experiments.task.kind.Sequences;
import albert.experiments.task.kind.TaskHead;
import albert.experiments.task.kind.TaskKind;
import albert.model.head.Head;
import albert.model.tensor.HostTensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The task of a kind.
 *
 * @param kind what is done with examples, keys, sequences and predictions
 * @param data the task's data, of its training examples those that are trained on
 * @param train the training examples
 * @param dev the examples that scores are for
 * @param padId the id that fills a batch
 * @param tokenizerFile the file that the tokenizer was opened from
 */
public record TypedTask<X extends Example, O extends Record, S extends Sequences, P>(
    TaskKind<X, O, S, P> kind,
    TaskData<X> data,
    List<EncodedExample> train,
    S dev,
    int padId,
    @Nullable Path tokenizerFile)
    implements EncodedTask {

  @Override
  public DataFingerprint fingerprint() {
    return data.fingerprint();
  }

  @Override
  public int together() {
    return kind.together(data.task(), data.examples(SplitName.TRAIN));
  }

  @Override
  public Optional<BitSet> words() {
    Optional<BitSet> words = UsedWords.of(List.of(train, dev.rows()));
    words.ifPresent(all -> all.set(padId));
    return words;
  }

  @Override
  public List<String> notes() {
    return kind.notes(data);
  }

  @Override
  public TaskHead<X, S, P> head(RunConfig config) {
    return kind.head(data, keys(config));
  }

  private O keys(RunConfig config) {
    return kind.keysType().cast(config.keys());
  }

  @Override
  public Head trainedHead(RunConfig config) {
    return head(config).build(config.training().classWeights().of(kind.classCounts(data)));
  }

  @Override
  public Map<String, HostTensor> labelled(EncodedBatch batch, RunConfig config) {
    Map<String, HostTensor> feed = new TreeMap<>(ModelInputs.of(batch));
    feed.putAll(head(config).labels(batch));
    return feed;
  }

  @Override
  public Evaluation evaluate(Evaluation.Predictor model, RunConfig config, StopSignal stop) {
    return evaluate(data.task(), data.examples(SplitName.DEV), dev, model, config, stop);
  }

  private Evaluation evaluate(
      Task<X> task,
      List<X> examples,
      S sequences,
      Evaluation.Predictor model,
      RunConfig config,
      StopSignal stop) {
    TaskHead<X, S, P> head = head(config);
    Decoder<P> decoder = head.decoder(sequences);
    Evaluation.Speed speed =
        Evaluation.run(model, batches(config).of(sequences), head.outputs(), decoder::read, stop);
    Predictions predictions =
        head.predictions(task, examples, decoder.predictions(examples.size()));
    return Evaluation.of(predictions, speed);
  }

  private EvaluationBatches batches(RunConfig config) {
    return EvaluationBatches.of(padId, config.encoder(), config.training().maxSeqLength());
  }

  @Override
  public List<Part> otherParts(PredictParts which, Path folder) {
    List<Part> parts = new ArrayList<>();
    which.of(data).forEach(split -> parts.add(new OtherPart(data, split.id(), split)));
    if (which != PredictParts.DEV) {
      for (TaskData<X> related : kind.related(data.task(), folder)) {
        which
            .of(related)
            .forEach(split -> parts.add(new OtherPart(related, related.task().id(), split)));
      }
    }
    return parts;
  }

  private final class OtherPart implements Part {
    private final TaskData<X> from;
    private final String name;
    private final SplitName split;

    OtherPart(TaskData<X> from, String name, SplitName split) {
      this.from = from;
      this.name = name;
      this.split = split;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public SplitName split() {
      return split;
    }

    @Override
    public boolean isLabelled() {
      return from.isLabelled(split);
    }

    @Override
    public Predictions predict(
        Evaluation.Predictor model, Tokenizer tokenizer, RunConfig config, StopSignal stop) {
      List<X> examples = from.examples(split);
      S sequences =
          kind.encode(examples, tokenizer, config.training().maxSeqLength(), keys(config));
      return evaluate(from.task(), examples, sequences, model, config, stop).predictions();
    }
  }

  @Override
  public long devSequences() {
    return dev.rows().size();
  }

  @Override
  public EncodedBatch oneOfDev(RunConfig config) {
    return new Batcher(
            dev.rows().subList(0, 1),
            1,
            padId,
            EvaluationBatches.widthMultiple(config.encoder(), config.training().maxSeqLength()))
        .evaluation()
        .get(0);
  }
}
