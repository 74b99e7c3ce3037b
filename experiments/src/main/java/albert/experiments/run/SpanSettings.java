package albert.experiments.run;

import albert.datasets.squad.SpanEncoder;
import albert.datasets.squad.SquadTask;
import albert.experiments.config.RunConfig;
import albert.experiments.config.Settings;
import albert.experiments.config.SpanConfig;
import albert.experiments.pretrained.PretrainedModel;
import albert.model.runtime.RuntimeOptions;

/**
 * How a fine-tuned model answers questions: as in its training, unless said otherwise.
 *
 * @param spans windows, answers and threshold
 * @param maxSeqLength longest window in tokens
 * @param mayBeUnanswerable whether no answer may be given
 * @param runtime threads, device and precision
 */
public record SpanSettings(
    SpanConfig spans, int maxSeqLength, boolean mayBeUnanswerable, RuntimeOptions runtime) {

  private static final String THRESHOLD = "null_score_diff_threshold";

  /**
   * The settings of a model. Where the checkpoint does not say what it was trained with, the
   * published defaults, and no answer may be given if a threshold was.
   *
   * @param given what a person set
   * @throws albert.model.config.ConfigException if a setting is not allowed
   */
  public static SpanSettings of(PretrainedModel checkpoint, Settings given) {
    TrainedSettings trained = TrainedSettings.of(checkpoint);
    Settings all = trained.settings().plus(given);
    int positions = checkpoint.model().config().maxPositionEmbeddings();
    int length =
        TrainedSettings.number(
            all, TrainedSettings.LENGTH, Math.min(SpanEncoder.DEFAULT_MAX_SEQ_LENGTH, positions));
    RuntimeOptions runtime = RunConfig.resolveTraining(all).runtime();
    SpanConfig spans = RunConfig.resolveSpans(all);
    return all.locating(
        () -> {
          RunConfig.checkedLength(checkpoint.model().config(), length);
          spans.checkLength(length);
          return new SpanSettings(
              spans,
              length,
              given.has(THRESHOLD) || SquadTask.V2_0.id().equals(trained.task()),
              runtime);
        });
  }
}
