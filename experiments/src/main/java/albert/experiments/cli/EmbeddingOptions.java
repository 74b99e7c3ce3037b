package albert.experiments.cli;

import albert.experiments.checkpoint.PretrainedModel;
import albert.experiments.config.Settings;
import albert.experiments.encoding.Embedder;
import albert.experiments.encoding.EmbeddingSettings;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How texts become vectors, and opening the model that makes them. */
final class EmbeddingOptions {

  /** What {@code --pool} takes. */
  static final String POOLS = "mean|cls|auto";

  @Option(
      names = "--pool",
      paramLabel = POOLS,
      defaultValue = EmbeddingSettings.AUTO,
      description =
          "The mean of the tokens' vectors, or the vector of [CLS]; auto: what the model's"
              + " sentence-transformers files say, else the mean [${DEFAULT-VALUE}].")
  private String pool;

  @Option(
      names = "--max-seq-length",
      paramLabel = "N",
      description =
          "Cut texts to this many pieces [what the sentence-transformers files say, else the"
              + " model's positions].")
  private OptionalInt maxSeqLength = OptionalInt.empty();

  /** Opens a model as the command's options say. */
  Embedder open(PretrainedModel model, CommandSpec spec) {
    Settings given = EncoderKeys.given(spec);
    PretrainedModel read = model.withSpecialInText(EncoderKeys.specialInText(given));
    return Embedder.open(
        read, EmbeddingSettings.of(read, pool, true, maxSeqLength), EncoderKeys.runtime(given));
  }

  /** Says how many texts were cut, if any were. */
  static void reportCut(Embedder embedder, PrintWriter err) {
    if (embedder.cut() > 0) {
      err.printf(
          Locale.ROOT,
          "albert: %d texts were cut to %d pieces%n",
          embedder.cut(),
          embedder.settings().maxSeqLength());
      err.flush();
    }
  }
}
