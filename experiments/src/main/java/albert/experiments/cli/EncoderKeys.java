package albert.experiments.cli;

import albert.experiments.config.ConfigKey;
import albert.experiments.config.ConfigKeys;
import albert.experiments.config.RunConfig;
import albert.experiments.config.Settings;
import albert.model.runtime.Precision;
import albert.model.runtime.RuntimeOptions;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** The configuration keys of commands that put texts through an encoder. */
final class EncoderKeys {
  private static final List<String> NAMES =
      List.of("device", "precision", "threads", ConfigKeys.SPECIAL_IN_TEXT);

  private EncoderKeys() {}

  static List<ConfigKey> all() {
    return ConfigKeys.all().stream().filter(key -> NAMES.contains(key.name())).toList();
  }

  /** Those that were given. */
  static Settings given(CommandSpec spec) {
    return ConfigOptions.given(spec.commandLine().getParseResult(), all());
  }

  /** What it runs with: float32 unless another precision is said. */
  static RuntimeOptions runtime(Settings given) {
    RuntimeOptions runtime = RunConfig.resolveTraining(given).runtime();
    return given.has("precision")
        ? runtime
        : new RuntimeOptions(runtime.threads(), runtime.device(), Precision.FLOAT32);
  }

  /** Whether special tokens in texts become their ids. */
  static boolean specialInText(Settings given) {
    return RunConfig.resolveTraining(given).specialInText();
  }
}
