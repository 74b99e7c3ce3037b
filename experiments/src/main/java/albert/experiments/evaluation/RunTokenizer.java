package albert.experiments.evaluation;

import albert.datasets.tokenizer.Tokenizer;
import albert.datasets.tokenizer.Tokenizers;
import albert.experiments.InputException;
import albert.experiments.checkpoint.PretrainedModel;
import albert.experiments.checkpoint.PretrainedModels;
import albert.experiments.config.PretrainingStage;
import albert.experiments.config.RunConfig;
import albert.experiments.config.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Which tokenizer a run has: that of its pretraining, of its checkpoint, or BERT's uncased one. */
public final class RunTokenizer {

  private RunTokenizer() {}

  /** One for all runs with the same tokenizer. */
  public static String name(RunConfig config) {
    return (config.training().specialInText() ? "special in text, " : "") + source(config);
  }

  private static String source(RunConfig config) {
    PretrainingStage stage = config.pretraining();
    if (stage != null && !stage.tokenizer().isEmpty()) {
      return "file " + stage.tokenizer();
    }
    return config.start().isModel() ? "model " + config.start().name() : "";
  }

  /**
   * A checkpoint that takes texts as is said; where nothing is said, as it was trained to.
   *
   * @throws InputException if the configuration beside it can't be read
   */
  public static PretrainedModel asTrained(PretrainedModel checkpoint, Settings given) {
    Settings all = TrainedSettings.of(checkpoint).settings().plus(given);
    return checkpoint.withSpecialInText(RunConfig.resolveTraining(all).specialInText());
  }

  /** Opens a run's tokenizer of which the file is known. */
  public static Tokenizer open(Path file, RunConfig config) {
    return Tokenizers.open(file, config.training().specialInText());
  }

  /**
   * Its file.
   *
   * @throws InputException if there is none
   */
  public static Path file(RunConfig config, PretrainedModels models) {
    PretrainingStage stage = config.pretraining();
    if (stage != null && !stage.tokenizer().isEmpty()) {
      Path file = Path.of(stage.tokenizer());
      if (!Files.isRegularFile(file)) {
        throw new InputException(
            String.format(Locale.ROOT, "pretrain_tokenizer is %s, which is no file", file));
      }
      return file;
    }
    return config.start().isModel()
        ? models.get(config.start().name()).requireTokenizer()
        : Tokenizers.bundledBertUncasedFile();
  }
}
