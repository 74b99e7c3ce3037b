package albert.experiments.evaluation;

import albert.experiments.checkpoint.PretrainedModel;
import albert.experiments.config.ConfigKeys;
import albert.experiments.config.RunConfig;
import albert.experiments.config.Settings;
import albert.experiments.task.kind.TaskKind;
import albert.model.config.EncoderConfig;
import albert.model.runtime.RuntimeOptions;

/**
 * How a fine-tuned model predicts: as in its training, unless said otherwise, so that it predicts
 * what the record says.
 *
 * @param keys the own keys of the kind of task
 * @param maxSeqLength longest sequence in tokens, special tokens included
 * @param runtime threads, device and precision
 */
record PredictionSettings(Record keys, int maxSeqLength, RuntimeOptions runtime) {
  /**
   * The settings of a model. Where neither a person nor the checkpoint's {@code run_config.json}
   * says how long a sequence may be, {@linkplain TaskKind#defaultSeqLength as long as the kind
   * takes}.
   *
   * @param given what a person set
   * @throws albert.model.config.ConfigException if a setting is not allowed
   */
  static PredictionSettings of(
      TaskKind<?, ?, ?, ?> kind, PretrainedModel checkpoint, Settings given) {
    TrainedSettings trained = TrainedSettings.of(checkpoint);
    Settings all = trained.settings().plus(given);
    EncoderConfig config = checkpoint.model().config();
    int length =
        TrainedSettings.number(
            all, ConfigKeys.MAX_SEQ_LENGTH, kind.defaultSeqLength(config.maxPositionEmbeddings()));
    RuntimeOptions runtime = RunConfig.resolveTraining(all).runtime();
    Record keys = RunConfig.resolveKeys(kind, config.modelType(), trained.task(), all);
    return all.locating(
        () -> {
          RunConfig.checkedLength(config, length);
          kind.checkAny(keys, length);
          return new PredictionSettings(keys, length, runtime);
        });
  }
}
