package albert.model.layer;

import albert.model.config.EncoderConfig;
import albert.model.graph.Kernels;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Word, position and type embeddings of width E, their sum normalised, and the projection to H
 * (google-research/albert, {@code modeling.py}, {@code embedding_lookup}, {@code
 * embedding_postprocessor} and the start of {@code transformer_model}).
 */
public final class Embeddings {
  /** The word embedding table, [V, E]; a tied masked-LM decoder is it too. */
  public static final String WORDS = "bert/embeddings/word_embeddings";

  /** The position embedding table, [P, E]. */
  public static final String POSITIONS = "bert/embeddings/position_embeddings";

  /** The token type embedding table, [T, E]. */
  public static final String TOKEN_TYPES = "bert/embeddings/token_type_embeddings";

  /** The layer norm of the summed embeddings. */
  public static final String LAYER_NORM = "bert/embeddings/LayerNorm";

  /** The dense layer from E to H. */
  public static final String PROJECTION = "bert/encoder/embedding_hidden_mapping_in";

  private final Building building;

  Embeddings(Building building) {
    this.building = building;
  }

  /** The word embedding table of a model. */
  public static Operand<TFloat32> words(Building building) {
    EncoderConfig config = building.config();
    return building
        .weights()
        .get(WORDS, building.normal(), config.vocabSize(), config.embeddingSize());
  }

  /**
   * The normalised sum of the three embeddings.
   *
   * @return float32 [batch · seq, E]
   */
  Operand<TFloat32> apply(EncoderInputs inputs) {
    EncoderConfig config = building.config();
    Kernels kernels = building.kernels();
    Ops tf = building.tf();
    Operand<TFloat32> positionTable =
        building
            .weights()
            .get(
                POSITIONS,
                building.normal(),
                config.maxPositionEmbeddings(),
                config.embeddingSize());
    Operand<TFloat32> typeTable =
        building
            .weights()
            .get(TOKEN_TYPES, building.normal(), config.typeVocabSize(), config.embeddingSize());

    Operand<TFloat32> words = lookUp(inputs);
    Operand<TFloat32> types = tf.gather(typeTable, inputs.tokenTypeIds(), tf.constant(0));
    Operand<TFloat32> positions =
        tf.slice(
            positionTable,
            kernels.ints(0, 0),
            tf.stack(List.of(inputs.sequence(), tf.constant(config.embeddingSize()))));
    Operand<TFloat32> sum = kernels.add(kernels.add(words, types), positions);
    Operand<TFloat32> flat = tf.reshape(sum, kernels.ints(-1, config.embeddingSize()));
    return building
        .dropout()
        .apply(
            building.layerNorm(LAYER_NORM, flat, config.embeddingSize()),
            config.hiddenDropoutProb());
  }

  /** float32 [batch, seq, E]. */
  private Operand<TFloat32> lookUp(EncoderInputs inputs) {
    Ops tf = building.tf();
    int padding = building.config().paddingIdx();
    Operand<TFloat32> words = tf.gather(words(building), inputs.inputIds(), tf.constant(0));
    if (padding < 0) {
      return words;
    }
    Operand<TFloat32> learns =
        tf.dtypes.cast(tf.math.notEqual(inputs.inputIds(), tf.constant(padding)), TFloat32.class);
    return building.primitives().learnOnly(words, tf.expandDims(learns, tf.constant(-1)));
  }

  /**
   * The first block's input: the embeddings, projected where the architecture says so.
   *
   * @param embeddings float32 [batch · seq, E]
   * @return float32 [batch · seq, H]
   */
  Operand<TFloat32> project(Operand<TFloat32> embeddings) {
    EncoderConfig config = building.config();
    return config.hasEmbeddingProjection()
        ? building.dense(PROJECTION, embeddings, config.embeddingSize(), config.hiddenSize())
        : embeddings;
  }
}
