package albert.experiments.pretrained;

import albert.datasets.text.Tokenizers;
import albert.evaluation.record.DataFingerprint;
import albert.experiments.InputException;
import albert.experiments.config.Checkpoints;
import albert.experiments.config.ConfigKeys;
import albert.model.config.ConfigException;
import albert.model.config.EncoderConfig;
import albert.model.io.CheckpointDirectory;
import albert.model.io.LoadedModel;
import albert.model.io.ModelDirectory;
import albert.model.io.OnnxFile;
import albert.model.io.file.ModelFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads checkpoints by name, each once: a model directory, or {@value #MINILM}, which arrives by
 * Maven. Whoever asks twice shares the weights.
 */
public final class PretrainedModels implements Checkpoints {

  /** The pretrained BERT encoder (6 layers, H 384) that is on the class path. */
  public static final String MINILM = "maven:all-MiniLM-L6-v2";

  private static final String MAVEN = "maven:";
  private static final String MINILM_WEIGHTS = "/all-minilm-l6-v2.onnx";

  private final Map<String, PretrainedModel> read = new HashMap<>();
  private final Consumer<String> choices;

  /** Says nothing of what it chooses. */
  public PretrainedModels() {
    this(choice -> {});
  }

  /**
   * @param choices told in a line which weights of a run are read, where it has several
   */
  public PretrainedModels(Consumer<String> choices) {
    this.choices = choices;
  }

  /**
   * The checkpoint of a name.
   *
   * @throws ConfigException if there is none, or its files are not sound
   */
  public synchronized PretrainedModel get(String name) {
    return read.computeIfAbsent(name, this::read);
  }

  @Override
  public EncoderConfig architecture(String model) {
    return get(model).model().config();
  }

  private PretrainedModel read(String name) {
    try {
      return identified(
          name, name.startsWith(MAVEN) ? arrived(name) : fromDirectory(Path.of(name)));
    } catch (ModelFileException e) {
      throw new ConfigException(
          ConfigKeys.MODEL, String.format(Locale.ROOT, "model %s: %s", name, e.getMessage()));
    } catch (InvalidPathException e) {
      throw new ConfigException(
          ConfigKeys.MODEL, String.format(Locale.ROOT, "model is %s, which is no path", name));
    } catch (IOException e) {
      throw new ConfigException(
          ConfigKeys.MODEL,
          String.format(Locale.ROOT, "model %s can't be read: %s", name, InputException.words(e)));
    }
  }

  private LoadedModel fromDirectory(Path given) {
    Path best = given.resolve(ModelDirectory.BEST);
    if (ModelDirectory.of(given).equals(given.resolve(ModelDirectory.LAST))
        && CheckpointDirectory.isIn(best)) {
      choices.accept(
          String.format(
              Locale.ROOT,
              "model %s: read are its last weights, %s; those that are best on dev are %s",
              given,
              ModelDirectory.LAST,
              best));
    }
    return ModelDirectory.read(given);
  }

  private static LoadedModel arrived(String name) throws IOException {
    if (!name.equals(MINILM)) {
      throw new ConfigException(
          ConfigKeys.MODEL,
          String.format(
              Locale.ROOT,
              "model is %s, allowed of those that arrive by Maven is %s",
              name,
              MINILM));
    }
    try (InputStream in = PretrainedModels.class.getResourceAsStream(MINILM_WEIGHTS)) {
      LoadedModel model =
          OnnxFile.read(
              Path.of(MINILM_WEIGHTS.substring(1)),
              Objects.requireNonNull(in, MINILM_WEIGHTS + " is not on the class path"));
      return new LoadedModel(
          model.config(),
          model.head(),
          model.weights(),
          Tokenizers.bundledBertUncasedFile(),
          model.notes());
    }
  }

  private static PretrainedModel identified(String name, LoadedModel model) throws IOException {
    DataFingerprint weights =
        DataFingerprint.of("weights", WeightHash.of(model.weights()), Map.of(), name);
    Path tokenizer = model.tokenizerFile();
    if (tokenizer == null) {
      return new PretrainedModel(name, model, weights, Optional.empty(), false);
    }
    return new PretrainedModel(
        name,
        model,
        weights,
        Optional.of(
            DataFingerprint.of("tokenizer", TokenizerIdentity.of(tokenizer), Map.of(), name)),
        false);
  }
}
