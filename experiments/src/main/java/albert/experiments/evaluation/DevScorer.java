package albert.experiments.evaluation;

import albert.datasets.tokenizer.Tokenizer;
import albert.evaluation.record.Score;
import albert.experiments.InputException;
import albert.experiments.checkpoint.PretrainedModel;
import albert.experiments.config.ConfigKeys;
import albert.experiments.config.RunConfig;
import albert.experiments.config.Settings;
import albert.experiments.stage.StopSignal;
import albert.model.io.HeadDescription;
import albert.model.io.LoadedModel;
import albert.model.runtime.EvaluationModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Scores a fine-tuned model, and what is made of it without further training, on dev. */
public final class DevScorer {

  private final RunConfig config;
  private final EncodedTask task;
  private final StopSignal stop;

  /**
   * What a person set, over what the checkpoint was trained with if that was the same task: then
   * the scores of the checkpoint itself are those of its record.
   */
  public static Settings asTrained(PretrainedModel checkpoint, Settings given) {
    TrainedSettings trained = TrainedSettings.of(checkpoint);
    boolean same =
        given.find(ConfigKeys.TASK).filter(task -> task.value().equals(trained.task())).isPresent();
    return same ? trained.settings().plus(given) : given;
  }

  /**
   * Reads and encodes the task's data.
   *
   * @param config names the task and how it is encoded
   * @param checkpoint the fine-tuned model
   * @param data folder of the data sets
   * @throws InputException if the model has not the task's head
   */
  public DevScorer(RunConfig config, PretrainedModel checkpoint, Path data, StopSignal stop) {
    this.config = config;
    this.stop = stop;
    Path file = checkpoint.requireTokenizer();
    try (Tokenizer tokenizer = RunTokenizer.open(file, config)) {
      task = TaskSource.read(config, data).encode(config, tokenizer, file);
    }
    HeadDescription needed = task.head(config).description();
    if (!checkpoint.model().head().equals(needed)) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "--task %s needs a model with its head, %s; that of %s is %s: finetune it first, or"
                  + " leave --task out",
              config.task(),
              words(needed),
              checkpoint.name(),
              words(checkpoint.model().head())));
    }
  }

  /**
   * Scores a model that differs from the original in its encoder alone.
   *
   * @return scores by metric, without those that are undefined
   */
  public SortedMap<String, Double> score(LoadedModel model) {
    SortedMap<String, Double> scores = new TreeMap<>();
    try (EvaluationModel evaluated =
        EvaluationModel.of(
            model.config(),
            List.of(task.head(config).build(List.of())),
            model.weights(),
            config.training().runtime())) {
      for (Score score :
          task.evaluate(evaluated::predict, config, stop)
              .predictions()
              .scores(row -> true, EncodedTask.DEV, "compressed")) {
        Double value = score.value();
        if (value != null) {
          scores.put(score.metric(), value);
        }
      }
    }
    return scores;
  }

  private static String words(HeadDescription head) {
    String kind = head.kind().name().toLowerCase(Locale.ROOT);
    return Stream.of(head.labels(), head.tags())
        .filter(names -> !names.isEmpty())
        .map(names -> " " + names)
        .collect(Collectors.joining("", kind, ""));
  }
}
