package albert.experiments.evaluation;

import albert.evaluation.record.RecordFormatException;
import albert.evaluation.record.StrictJson;
import albert.experiments.InputException;
import albert.experiments.checkpoint.PretrainedModel;
import albert.experiments.config.ConfigKey;
import albert.experiments.config.ConfigKeys;
import albert.experiments.config.Setting;
import albert.experiments.config.Settings;
import albert.model.io.ModelDirectory;
import albert.model.runtime.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a fine-tuned model was trained and scored with, as far as it decides what the model
 * predicts: read from the {@code run_config.json} beside the weights.
 *
 * @param settings of sequences, special tokens in texts, the kind of task, precision, threads and
 *     device; none where there is no file
 * @param task what it was trained for; empty where there is no file
 */
public record TrainedSettings(Settings settings, String task) {

  /** The whole configuration of a run, beside its weights. */
  public static final String FILE = "run_config.json";

  private static final String DEVICE = "device";
  private static final Set<String> KEYS =
      Set.of(ConfigKeys.MAX_SEQ_LENGTH, "precision", "threads", DEVICE, ConfigKeys.SPECIAL_IN_TEXT);

  /**
   * Reads them.
   *
   * @throws InputException if the file can't be read
   * @throws albert.model.config.ConfigException if a value in it is not allowed
   */
  public static TrainedSettings of(PretrainedModel checkpoint) {
    Map<String, Object> values = values(checkpoint);
    List<Setting> settings = new ArrayList<>();
    for (ConfigKey key : ConfigKeys.all()) {
      Object value = values.get(key.name());
      if (value != null && decides(key, value)) {
        settings.add(new Setting(key, key.parse(value.toString()), FILE));
      }
    }
    Object task = values.get(ConfigKeys.TASK);
    return new TrainedSettings(Settings.of(settings), task == null ? "" : task.toString());
  }

  /**
   * What a model was trained with, by key; empty if that is not beside it.
   *
   * @param model a model directory, the folder of a run, or the name of another model
   */
  public static Map<String, Object> read(String model) throws IOException {
    Path file = ModelDirectory.of(Path.of(model)).resolve(FILE);
    Map<String, Object> values = new TreeMap<>();
    if (Files.isRegularFile(file)) {
      Map<?, ?> read = new StrictJson().read(file, Map.class);
      read.forEach((key, value) -> values.put(String.valueOf(key), value));
    }
    return values;
  }

  /** The number of a key of whole numbers, if it is set. */
  static int number(Settings settings, String key, int otherwise) {
    return settings.find(key).map(setting -> (int) (Integer) setting.value()).orElse(otherwise);
  }

  /** A GPU that it was trained on may be missing here: where there is one it is taken anyway. */
  private static boolean decides(ConfigKey key, Object value) {
    if (key.name().equals(DEVICE)) {
      return value.equals(Device.CPU.name().toLowerCase(Locale.ROOT));
    }
    return key.section() == ConfigKey.Section.TASK || KEYS.contains(key.name());
  }

  private static Map<String, Object> values(PretrainedModel checkpoint) {
    try {
      return read(checkpoint.name());
    } catch (RecordFormatException e) {
      throw new InputException(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new InputException(InputException.words(e));
    }
  }
}
