package albert.experiments.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The section {@code pretrain} of a study: {@code pretrain: {corpus: wordnet, objective: none}} is
 * {@code pretrain_corpus: wordnet} and {@code pretrain_objective: none}. Its {@code config} names a
 * configuration file of the command {@code pretrain}, a path from the study's own folder, whose
 * keys count where the study does not give them: those of the architecture for run and pretraining,
 * the others for pretraining.
 *
 * @param fields the file
 */
record PretrainSection(YamlFields fields) {

  private static final String NAME = "pretrain";
  private static final String CONFIG = "config";

  static boolean is(YamlValue.Scalar key) {
    return key.text().equals(NAME);
  }

  /** What it sets, the configuration file first. */
  List<Setting> read(YamlValue section) {
    List<Setting> inherited = new ArrayList<>();
    List<Setting> own = new ArrayList<>();
    for (Map.Entry<YamlValue.Scalar, YamlValue> entry : fields.mapping(NAME, section).entrySet()) {
      YamlValue.Scalar key = entry.getKey();
      if (key.text().equals(CONFIG)) {
        inherited.addAll(file(entry.getValue()));
      } else {
        YamlValue.Scalar whole =
            new YamlValue.Scalar(key.line(), StageKeys.PREFIX + key.text(), key.quoted());
        own.add(fields.setting(fields.key(whole), entry.getValue()));
      }
    }
    inherited.addAll(own);
    return inherited;
  }

  private List<Setting> file(YamlValue value) {
    String text = fields.text(CONFIG, value);
    Path file;
    try {
      file = Path.of(fields.name()).resolveSibling(text);
    } catch (InvalidPathException e) {
      throw fields.error(
          CONFIG, value, String.format(Locale.ROOT, "config is %s, which is no path", text));
    }
    List<Setting> settings = new ArrayList<>();
    for (Setting setting : PretrainingKeys.read(file).all()) {
      if (setting.key().section() != ConfigKey.Section.TRAINING) {
        settings.add(setting);
      } else {
        ConfigKeys.find(StageKeys.PREFIX + setting.key().name())
            .ifPresent(key -> settings.add(new Setting(key, setting.value(), setting.where())));
      }
    }
    return settings;
  }
}
