package albert.experiments.evaluation;

import albert.datasets.JsonLine;
import albert.datasets.batch.EncodedExample;
import albert.datasets.task.Example;
import albert.datasets.task.Task;
import albert.datasets.tokenizer.Tokenizer;
import albert.experiments.ModelInputs;
import albert.experiments.checkpoint.PretrainedModel;
import albert.experiments.config.Settings;
import albert.experiments.stage.StopSignal;
import albert.experiments.task.kind.Decoder;
import albert.experiments.task.kind.Sequences;
import albert.experiments.task.kind.TaskHead;
import albert.experiments.task.kind.TaskKind;
import albert.model.config.EncoderConfig;
import albert.model.runtime.EvaluationModel;
import albert.model.tensor.NonFiniteException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The predictor of a kind of task. */
final class ModelPredictor<X extends Example, O extends Record, S extends Sequences, P>
    implements Predictor {
  private final TaskKind<X, O, S, P> kind;
  private final @Nullable Task<X> trainedFor;
  private final O keys;
  private final int maxSeqLength;
  private final TaskHead<X, S, P> head;
  private final EncoderConfig config;
  private final Tokenizer tokenizer;
  private final EvaluationBatches batches;
  private final EvaluationModel model;
  private long read;
  private long cut;

  private ModelPredictor(TaskKind<X, O, S, P> kind, PretrainedModel checkpoint, Settings given) {
    this.kind = kind;
    PredictionSettings settings = PredictionSettings.of(kind, checkpoint, given);
    keys = kind.keysType().cast(settings.keys());
    maxSeqLength = settings.maxSeqLength();
    config = checkpoint.model().config();
    trainedFor = kind.task(TrainedSettings.of(checkpoint).task(), keys).orElse(null);
    head = kind.head(checkpoint.model().head(), keys, trainedFor, given.values().keySet());
    tokenizer = checkpoint.openTokenizer();
    batches = EvaluationBatches.of(tokenizer.specialTokens().pad(), config, maxSeqLength);
    model =
        EvaluationModel.of(
            config,
            List.of(head.build(List.of())),
            checkpoint.model().weights(),
            settings.runtime());
  }

  static <X extends Example, O extends Record, S extends Sequences, P> Predictor of(
      TaskKind<X, O, S, P> kind, PretrainedModel checkpoint, Settings given) {
    return new ModelPredictor<>(kind, checkpoint, given);
  }

  @Override
  public List<String> lineKeys() {
    return kind.lineKeys();
  }

  @Override
  public String line() {
    return kind.line();
  }

  @Override
  public void predict(List<JsonLine> lines, StopSignal stop, Consumer<Object> results) {
    List<X> examples = lines.stream().map(line -> kind.read(line, trainedFor)).toList();
    S sequences = kind.encode(examples, tokenizer, maxSeqLength, keys);
    for (EncodedExample row : sequences.rows()) {
      String place = lines.get(sequences.example(row.row())).place();
      ModelInputs.requireReadable(config, place, row.sequence());
    }
    read += examples.size();
    cut += sequences.cut();
    Decoder<P> decoder = head.decoder(sequences);
    Evaluation.run(model::predict, batches.of(sequences), head.outputs(), decoder::read, stop);
    int finite = decoder.finite();
    List<P> predictions = decoder.predictions(finite);
    for (int i = 0; i < finite; i++) {
      results.accept(head.result(examples.get(i), predictions.get(i)));
    }
    if (finite < examples.size()) {
      throw new NonFiniteException(
          lines.get(finite).place()
              + ": the model's output is NaN or infinite, so there is no prediction");
    }
  }

  @Override
  public Optional<String> cut() {
    return cut == 0 ? Optional.empty() : Optional.of(kind.cut(cut, read, maxSeqLength, keys));
  }

  @Override
  public void close() {
    model.close();
    tokenizer.close();
  }
}
