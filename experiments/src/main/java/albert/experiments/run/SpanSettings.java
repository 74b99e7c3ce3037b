package albert.experiments.run;

import albert.datasets.squad.SpanEncoder;
import albert.datasets.squad.SquadTask;
import albert.evaluation.record.RecordFormatException;
import albert.experiments.InputException;
import albert.experiments.config.ConfigKey;
import albert.experiments.config.ConfigKeys;
import albert.experiments.config.RunConfig;
import albert.experiments.config.Setting;
import albert.experiments.config.Settings;
import albert.experiments.config.SpanConfig;
import albert.experiments.pretrained.PretrainedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a fine-tuned model answers questions: as in its training, unless said otherwise.
 *
 * @param spans windows, answers and threshold
 * @param maxSeqLength longest window in tokens
 * @param mayBeUnanswerable whether no answer may be given
 */
public record SpanSettings(SpanConfig spans, int maxSeqLength, boolean mayBeUnanswerable) {

  private static final String LENGTH = "max_seq_length";
  private static final String THRESHOLD = "null_score_diff_threshold";

  /**
   * The settings of a model. Where the checkpoint does not say what it was trained with, the
   * published defaults, and no answer may be given if a threshold was.
   *
   * @param given what a person set
   * @throws albert.model.config.ConfigException if a setting is not allowed
   */
  public static SpanSettings of(PretrainedModel checkpoint, Settings given) {
    Map<String, Object> trained = trained(checkpoint);
    List<Setting> settings = new ArrayList<>();
    for (ConfigKey key : ConfigKeys.all()) {
      Object value = trained.get(key.name());
      if (value != null
          && (key.section() == ConfigKey.Section.SPANS || key.name().equals(LENGTH))) {
        settings.add(new Setting(key, key.parse(value.toString()), RunFiles.CONFIG));
      }
    }
    Settings all = Settings.of(settings).plus(given);
    int positions = checkpoint.model().config().maxPositionEmbeddings();
    int length =
        all.find(LENGTH)
            .map(setting -> (int) (Integer) setting.value())
            .orElse(Math.min(SpanEncoder.DEFAULT_MAX_SEQ_LENGTH, positions));
    SpanConfig spans = RunConfig.resolveSpans(all);
    return all.locating(
        () -> {
          RunConfig.checkedLength(checkpoint.model().config(), length);
          spans.checkLength(length);
          return new SpanSettings(
              spans,
              length,
              given.has(THRESHOLD)
                  || SquadTask.V2_0.id().equals(String.valueOf(trained.get(ConfigKeys.TASK))));
        });
  }

  private static Map<String, Object> trained(PretrainedModel checkpoint) {
    try {
      return RunFiles.readConfig(checkpoint.name());
    } catch (RecordFormatException e) {
      throw new InputException(String.valueOf(e.getMessage()));
    } catch (java.io.IOException e) {
      throw new InputException(InputException.words(e));
    }
  }
}
