package albert.model.head;

import albert.model.config.EncoderConfig;
import albert.model.graph.Initializer;
import albert.model.graph.Kernels;
import albert.model.layer.Building;
import albert.model.layer.Embeddings;
import albert.model.layer.EncoderInputs;
import albert.model.layer.EncoderOutput;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.index.Indices;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Masked language model (google-research/albert, {@code run_pretraining.py}, {@code
 * get_masked_lm_output}): H to E, activation, layer norm, then a decoder, at the masked positions
 * alone.
 *
 * <p>Labels: {@value #POSITIONS} and {@value #IDS} int32 [batch, predictions], {@value #WEIGHTS}
 * float32 [batch, predictions], 0 for slots that are not used. Outputs: {@value #LOGITS} and
 * {@value #LOG_PROBS} float32 [batch · predictions, V] (needs the positions) and {@value #LOSS}
 * float32 []: {@code Σ w · nll / (Σ w + 1e-5)}; {@value #EACH_LOSS} and {@value #EACH_CORRECT}
 * float32 [batch · predictions]: {@code w · nll}, and w where the likeliest word is the right one,
 * else 0. Two positions with w = 1 and probabilities 1/2 and 1/8 of the right word give (0.693 +
 * 2.079) / 2 = 1.386.
 *
 * <p>The decoder, whose product has a column for every word, is computed in float32 for outputs. In
 * a training step it has the precision of the other products, being a large part of a small
 * encoder's, and its softmax and loss are float32: the step's logits are seen by nothing else.
 *
 * <p>Differs from the published code: a decoder of its own, as Hugging Face's {@code
 * tie_word_embeddings: false} has it.
 *
 * @param tied whether the decoder is the word embeddings; otherwise it is a variable of its own,
 *     float32 [V, E]
 */
public record MaskedLmHead(boolean tied) implements Head {
  /** Label: positions in the sequence. */
  public static final String POSITIONS = "masked_lm_positions";

  /** Label: the right word ids. */
  public static final String IDS = "masked_lm_ids";

  /** Label: 1 for a prediction that counts. */
  public static final String WEIGHTS = "masked_lm_weights";

  /** Output: logits over the vocabulary. */
  public static final String LOGITS = "masked_lm_logits";

  /** Output: log probabilities over the vocabulary. */
  public static final String LOG_PROBS = "masked_lm_log_probs";

  /** Output: the loss. */
  public static final String LOSS = "masked_lm_loss";

  /** Output: the weighted negative log probability of each right word. */
  public static final String EACH_LOSS = "masked_lm_each_loss";

  /** Output: the weight of each word that is found, 0 if it is not. */
  public static final String EACH_CORRECT = "masked_lm_each_correct";

  /** The decoder where it is not tied. */
  private static final String DECODER = "cls/predictions/output_weights";

  private static final String TRANSFORM = "cls/predictions/transform";

  /** As published: the decoder is the word embeddings. */
  public MaskedLmHead() {
    this(true);
  }

  @Override
  public boolean readsPooled() {
    return false;
  }

  @Override
  public boolean readsEveryToken() {
    return false;
  }

  @Override
  public HeadOutput apply(
      Building building, EncoderInputs inputs, EncoderOutput encoder, Labels labels) {
    Ops tf = building.tf();
    Operand<TInt32> positions = labels.ints(POSITIONS, -1, -1);
    Operand<TInt32> count = tf.stridedSlice(tf.shape(positions), Indices.at(1));
    Operand<TFloat32> logits = logits(building, encoder.at(positions, count));
    Operand<TInt32> ids = tf.reshape(labels.ints(IDS, -1, -1), tf.constant(new int[] {-1}));
    Operand<TFloat32> weights =
        tf.reshape(labels.floats(WEIGHTS, -1, -1), tf.constant(new int[] {-1}));
    Operand<TFloat32> nll = CrossEntropy.each(building, logits, ids);
    Operand<TInt32> all = tf.constant(new int[] {0});
    Operand<TFloat32> each = tf.math.mul(weights, nll);
    Operand<TFloat32> correct =
        tf.dtypes.cast(
            tf.math.equal(tf.math.argMax(logits, tf.constant(1), TInt32.class), ids),
            TFloat32.class);
    Operand<TFloat32> loss =
        tf.math.div(
            tf.sum(each, all),
            building
                .kernels()
                .add(building.replica().total(tf.sum(weights, all)), tf.constant(1e-5f)));
    return new HeadOutput(
        new TreeMap<>(
            Map.of(
                LOGITS, logits,
                LOG_PROBS, tf.nn.logSoftmax(logits),
                LOSS, loss,
                EACH_LOSS, each,
                EACH_CORRECT, tf.math.mul(weights, correct))),
        loss);
  }

  /** float32 [n, V]. */
  private Operand<TFloat32> logits(Building building, Operand<TFloat32> x) {
    EncoderConfig config = building.config();
    Kernels kernels = building.kernels();
    Operand<TFloat32> transformed =
        building.layerNorm(
            TRANSFORM + "/LayerNorm",
            building
                .primitives()
                .activation(
                    config.hiddenAct(),
                    building.dense(
                        TRANSFORM + "/dense", x, config.hiddenSize(), config.embeddingSize())),
            config.embeddingSize());
    Operand<TFloat32> bias =
        building
            .weights()
            .get("cls/predictions/output_bias", Initializer.zeros(), config.vocabSize());
    Operand<TFloat32> words =
        tied
            ? Embeddings.words(building)
            : building
                .weights()
                .get(DECODER, building.normal(), config.vocabSize(), config.embeddingSize());
    return kernels.biasAdd(
        building.primitives().training()
            ? kernels.matMulTransposed(transformed, words)
            : kernels.float32MatMul(transformed, words, true),
        bias);
  }
}
