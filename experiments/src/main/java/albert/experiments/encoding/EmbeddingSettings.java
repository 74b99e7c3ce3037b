package albert.experiments.encoding;

import albert.experiments.InputException;
import albert.experiments.checkpoint.PretrainedModel;
import albert.experiments.config.NearestName;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * How sentences become vectors.
 *
 * @param pooling of the tokens' vectors
 * @param normalised whether a vector is brought to length 1
 * @param maxSeqLength longest sequence in tokens, special tokens included
 */
public record EmbeddingSettings(Pooling pooling, boolean normalised, int maxSeqLength) {
  /** The choice of what the model's own files say. */
  public static final String AUTO = "auto";

  /** What may be chosen. */
  public static final List<String> CHOICES =
      Stream.concat(Pooling.ids().stream(), Stream.of(AUTO)).toList();

  /**
   * Those of a choice. Where nobody says how long a sequence may be it is as long as a directory of
   * sentence-transformers says, else as the model's positions.
   *
   * @param choice a pooling, or {@value #AUTO}: pooling and length 1 as a directory of
   *     sentence-transformers says them, else the mean
   * @param normalised whether length 1 is wanted in any case
   * @throws InputException if there is no such choice, or the model has fewer positions
   * @throws albert.model.io.file.ModelFileException if the directory asks for what is not supported
   */
  public static EmbeddingSettings of(
      PretrainedModel model, String choice, boolean normalised, OptionalInt maxSeqLength) {
    SentenceFiles files = SentenceFiles.beside(model);
    boolean auto = choice.equals(AUTO);
    Pooling pooling =
        auto ? files.pooling() : Pooling.of(choice).orElseThrow(() -> unknown(choice));
    int positions = model.model().config().maxPositionEmbeddings();
    int own = files.longest(model).orElse(positions);
    return new EmbeddingSettings(
        pooling,
        normalised || (auto && files.normalises()),
        EncodeInput.longest(maxSeqLength, Math.min(own, positions), positions));
  }

  private static InputException unknown(String choice) {
    return new InputException(
        String.format(
            Locale.ROOT,
            "--pool is '%s'%s, allowed are %s",
            choice,
            NearestName.hint(choice, CHOICES),
            String.join(", ", CHOICES)));
  }

  /**
   * The vector of a sentence.
   *
   * @param sequence float32 [tokens, H] from an index on
   * @param from that index
   * @param hiddenSize H
   * @return float32 [H]; of length 1 if that is wanted, but 0 stays 0
   */
  float[] embedding(float[] sequence, int from, int[] mask, int hiddenSize) {
    float[] pooled = new float[hiddenSize];
    pooling.pool(sequence, from, mask, pooled);
    if (normalised) {
      normalise(pooled);
    }
    return pooled;
  }

  private static void normalise(float[] vector) {
    double squares = 0;
    for (float value : vector) {
      squares += (double) value * value;
    }
    double length = squares == 0 ? 1 : Math.sqrt(squares);
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) (vector[i] / length);
    }
  }
}
