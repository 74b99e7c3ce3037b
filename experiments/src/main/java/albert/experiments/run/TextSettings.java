package albert.experiments.run;

import albert.experiments.config.RunConfig;
import albert.experiments.config.Settings;
import albert.experiments.pretrained.PretrainedModel;
import albert.model.runtime.RuntimeOptions;

/**
 * How a fine-tuned model reads texts: as in its training, unless said otherwise, so that it
 * predicts what the record says.
 *
 * @param maxSeqLength longest sequence in tokens, [CLS] and [SEP] included; what is longer is cut
 * @param runtime threads, device and precision
 */
public record TextSettings(int maxSeqLength, RuntimeOptions runtime) {

  /**
   * The settings of a model. Where neither a person nor the checkpoint's {@code run_config.json}
   * says how long a sequence may be, all positions of the model.
   *
   * @param given what a person set
   * @throws albert.model.config.ConfigException if a setting is not allowed
   */
  public static TextSettings of(PretrainedModel checkpoint, Settings given) {
    Settings all = TrainedSettings.of(checkpoint).settings().plus(given);
    int length =
        TrainedSettings.number(
            all, TrainedSettings.LENGTH, checkpoint.model().config().maxPositionEmbeddings());
    RuntimeOptions runtime = RunConfig.resolveTraining(all).runtime();
    return all.locating(
        () ->
            new TextSettings(
                RunConfig.checkedLength(checkpoint.model().config(), length), runtime));
  }
}
