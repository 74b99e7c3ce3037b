package albert.experiments.checkpoint;

import albert.datasets.tokenizer.Tokenizer;
import albert.datasets.tokenizer.Tokenizers;
import albert.evaluation.record.DataFingerprint;
import albert.experiments.InputException;
import albert.model.io.LoadedModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A checkpoint in memory.
 *
 * @param name as it was asked for
 * @param model its architecture, weights and tokenizer
 * @param weights which weights these are: the SHA-256 over the variables, whatever file they lay in
 * @param tokenizer which tokenizer, if it has one: the SHA-256 over the file, and over what the
 *     files beside it say
 * @param specialInText whether special tokens in texts become their ids
 */
public record PretrainedModel(
    String name,
    LoadedModel model,
    DataFingerprint weights,
    Optional<DataFingerprint> tokenizer,
    boolean specialInText) {

  /** The same with texts taken as is said. */
  public PretrainedModel withSpecialInText(boolean wanted) {
    return new PretrainedModel(name, model, weights, tokenizer, wanted);
  }

  /**
   * Opens the checkpoint's own tokenizer. The caller closes it.
   *
   * @throws InputException if it has none
   */
  public Tokenizer openTokenizer() {
    return Tokenizers.open(requireTokenizer(), specialInText);
  }

  /**
   * The file of the checkpoint's own tokenizer.
   *
   * @throws InputException if it has none
   */
  public Path requireTokenizer() {
    Path file = model.tokenizerFile();
    if (file == null) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "model %s has no tokenizer, needed is tokenizer.json, spiece.model or vocab.txt"
                  + " beside the weights",
              name));
    }
    return file;
  }

  /** What a run that starts from it has read: weights and tokenizer. */
  public List<DataFingerprint> fingerprints() {
    return tokenizer.map(file -> List.of(weights, file)).orElseGet(() -> List.of(weights));
  }
}
