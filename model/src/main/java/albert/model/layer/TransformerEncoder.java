package albert.model.layer;

import albert.model.config.BlockNames;
import albert.model.config.EncoderConfig;
import albert.model.config.LayerMapping;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The encoder: embeddings, L layers whose weights the {@link LayerMapping} names, pooler
 * (google-research/albert, {@code modeling.py}, {@code AlbertModel}).
 *
 * <p>Differs from the paper: nothing. BERT is the case E = H without sharing.
 */
public final class TransformerEncoder {
  /** The pooler's dense layer. */
  public static final String POOLER = "bert/pooler/dense";

  private final Building building;

  /**
   * @param building what layers are built with
   */
  public TransformerEncoder(Building building) {
    this.building = building;
  }

  /** Builds the encoder on its inputs. */
  public EncoderOutput apply(EncoderInputs inputs) {
    EncoderConfig config = building.config();
    LayerMapping mapping = LayerMapping.of(config);
    Embeddings embeddings = new Embeddings(building);
    TransformerBlock block = new TransformerBlock(building, new SelfAttention(building, inputs));

    Operand<TFloat32> embedded = embeddings.apply(inputs);
    List<Operand<TFloat32>> hidden = new ArrayList<>();
    Operand<TFloat32> x = embeddings.project(embedded);
    hidden.add(x);
    for (int layer = 0; layer < config.numHiddenLayers(); layer++) {
      for (int inner = 0; inner < config.innerGroupNum(); inner++) {
        BlockNames names =
            BlockNames.of(
                config.modelType(),
                mapping.attention().get(layer),
                mapping.ffn().get(layer),
                inner);
        x = block.apply(names, x);
        hidden.add(x);
      }
    }
    Operand<TFloat32> sequence = x;
    return new EncoderOutput(embedded, hidden, () -> pool(inputs, sequence));
  }

  private Operand<TFloat32> pool(EncoderInputs inputs, Operand<TFloat32> sequence) {
    Ops tf = building.tf();
    int hidden = building.config().hiddenSize();
    Operand<TFloat32> first =
        tf.gather(
            sequence,
            tf.range(
                tf.constant(0), tf.math.mul(inputs.batch(), inputs.sequence()), inputs.sequence()),
            tf.constant(0));
    return tf.math.tanh(building.dense(POOLER, first, hidden, hidden));
  }
}
