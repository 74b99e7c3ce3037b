package albert.experiments.evaluation;

import albert.experiments.InputException;
import albert.experiments.checkpoint.PretrainedModel;
import albert.experiments.config.Settings;
import albert.experiments.stage.StopSignal;
import albert.experiments.task.TaskKinds;
import albert.experiments.task.kind.InputLine;
import albert.experiments.task.kind.TaskKind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A fine-tuned model that predicts, as it was trained to unless said otherwise. */
public interface Predictor extends AutoCloseable {
  /**
   * Opens a model.
   *
   * @param given what a person set
   * @throws InputException if it has no head that predicts, or no tokenizer
   * @throws albert.model.config.ConfigException if a setting is not allowed
   */
  static Predictor open(PretrainedModel checkpoint, Settings given) {
    TaskKind<?, ?, ?, ?> kind =
        kindOf(checkpoint).orElseThrow(() -> new InputException(wrongHead(checkpoint)));
    return ModelPredictor.of(kind, checkpoint, given);
  }

  /** The kind of task whose way a model predicts in, or nothing. */
  static Optional<TaskKind<?, ?, ?, ?>> kindOf(PretrainedModel checkpoint) {
    return TaskKinds.of(checkpoint.model().head().kind(), TrainedSettings.of(checkpoint).task());
  }

  private static String wrongHead(PretrainedModel checkpoint) {
    List<String> heads =
        TaskKinds.all().stream()
            .flatMap(kind -> kind.heads().stream())
            .map(head -> head.name().toLowerCase(Locale.ROOT))
            .distinct()
            .toList();
    int last = heads.size() - 1;
    return String.format(
        Locale.ROOT,
        "model %s has the head %s, needed is one of %s or %s, as finetune leaves it",
        checkpoint.name(),
        checkpoint.model().head().kind().name().toLowerCase(Locale.ROOT),
        heads.stream().limit(last).collect(Collectors.joining(", ")),
        heads.get(last));
  }

  /** The keys of a line that are read; all others are the caller's. */
  List<String> lineKeys();

  /** How a line looks. */
  String line();

  /**
   * Predicts. Messages name an input by its line.
   *
   * <p>Whoever has more than {@value EvaluationBatches#CHUNK} lines gives them in chunks of as
   * many: then those of a dev set get, on the machine that trained, the very values of the run's
   * predictions.
   *
   * @param results gets one for each line, in their order, to be written as a JSON object
   * @throws albert.datasets.DataFormatException before any work, if a line is not as it should be
   * @throws InputException before any work, if the model can't read an input
   * @throws albert.model.tensor.NonFiniteException if what the model says of an input is NaN or
   *     infinite; all before it have their results
   * @throws albert.experiments.stage.StoppedException if asked to stop
   */
  void predict(List<InputLine> lines, StopSignal stop, Consumer<Object> results);

  /** What of the inputs so far was longer than the model reads, in words; empty if nothing was. */
  Optional<String> cut();

  @Override
  void close();
}
