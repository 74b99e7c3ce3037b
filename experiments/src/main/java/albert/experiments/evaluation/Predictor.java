package albert.experiments.evaluation;

import albert.datasets.JsonLine;
import albert.experiments.InputException;
import albert.experiments.checkpoint.PretrainedModel;
import albert.experiments.config.Settings;
import albert.experiments.stage.StopSignal;
import albert.experiments.task.TaskKinds;
import albert.experiments.task.kind.TaskKind;
import albert.model.io.HeadKind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A model that predicts: a fine-tuned one, as it was trained to unless said otherwise, or a
 * pretrained one, which fills masks.
 */
public interface Predictor extends AutoCloseable {
  /**
   * Opens a model.
   *
   * @param given what a person set
   * @param top how many fillings a mask gets, where a person says it
   * @throws InputException if it has no head that predicts, or no tokenizer, or {@code top} is not
   *     for it
   * @throws albert.model.config.ConfigException if a setting is not allowed
   */
  static Predictor open(PretrainedModel checkpoint, Settings given, OptionalInt top) {
    HeadKind head = checkpoint.model().head().kind();
    if (MaskPredictor.HEADS.contains(head)) {
      return new MaskPredictor(checkpoint, given, top.orElse(MaskPredictor.TOP));
    }
    TaskKind<?, ?, ?, ?> kind =
        kindOf(checkpoint).orElseThrow(() -> new InputException(wrongHead(checkpoint)));
    if (top.isPresent()) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "--top is for pretrained models, which fill masks; %s has the head %s",
              checkpoint.name(),
              name(head)));
    }
    return ModelPredictor.of(kind, checkpoint, given);
  }

  /** The kind of task whose way a model predicts in, or nothing. */
  static Optional<TaskKind<?, ?, ?, ?>> kindOf(PretrainedModel checkpoint) {
    return TaskKinds.of(checkpoint.model().head().kind(), TrainedSettings.of(checkpoint).task());
  }

  /** What each kind of model reads and writes, a sentence or two each. */
  static List<String> help() {
    return Stream.concat(
            TaskKinds.all().stream().map(TaskKind::lineHelp).distinct(),
            Stream.of(
                "A pretrained model reads text with [MASK] in it, once or more, and writes"
                    + " predictions: for each mask the likeliest tokens, and for a single mask the"
                    + " texts that they make."))
        .toList();
  }

  private static String wrongHead(PretrainedModel checkpoint) {
    List<String> heads =
        Stream.concat(
                TaskKinds.all().stream().flatMap(kind -> kind.heads().stream()),
                MaskPredictor.HEADS.stream())
            .map(Predictor::name)
            .distinct()
            .toList();
    int last = heads.size() - 1;
    return String.format(
        Locale.ROOT,
        "model %s has the head %s, needed is one of %s or %s, as finetune or pretrain leaves it",
        checkpoint.name(),
        name(checkpoint.model().head().kind()),
        heads.stream().limit(last).collect(Collectors.joining(", ")),
        heads.get(last));
  }

  private static String name(HeadKind head) {
    return head.name().toLowerCase(Locale.ROOT);
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
  void predict(List<JsonLine> lines, StopSignal stop, Consumer<Object> results);

  /** What of the inputs so far was longer than the model reads, in words; empty if nothing was. */
  Optional<String> cut();

  @Override
  void close();
}
