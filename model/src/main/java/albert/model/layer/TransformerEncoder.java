package albert.model.layer;

import albert.model.config.BlockNames;
import albert.model.config.EncoderConfig;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The encoder: embeddings, L layers whose weights the {@link albert.model.config.LayerMapping}
 * names, pooler (google-research/albert, {@code modeling.py}, {@code AlbertModel}).
 *
 * <p>Differs from the paper: nothing, unless a configuration asks for the mean of the tokens
 * instead of the pooler. BERT is the case E = H without sharing.
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

  /**
   * Builds the encoder on its inputs.
   *
   * @param everyToken whether the last block's output is needed for every token, rather than for
   *     those alone that are asked for
   */
  public EncoderOutput apply(EncoderInputs inputs, boolean everyToken) {
    if (building.parts() == 1) {
      return whole(inputs, everyToken);
    }
    List<EncoderInputs.Part> parts = inputs.parts(building.tf(), building.parts());
    List<EncoderOutput> outputs =
        parts.stream().map(part -> whole(part.inputs(), everyToken)).toList();
    return new JoinedOutput(building.tf(), parts, outputs);
  }

  private EncoderOutput whole(EncoderInputs inputs, boolean everyToken) {
    Embeddings embeddings = new Embeddings(building);
    TransformerBlock block = new TransformerBlock(building, new SelfAttention(building, inputs));
    Operand<TFloat32> embedded = embeddings.apply(inputs);
    List<Operand<TFloat32>> hidden = new ArrayList<>();
    Operand<TFloat32> x = embeddings.project(embedded);
    hidden.add(x);
    List<BlockNames> blocks = blocks();
    for (BlockNames names : blocks.subList(0, blocks.size() - 1)) {
      x = block.apply(names, x);
      hidden.add(x);
    }
    LastBlock last =
        new LastBlock(building, inputs, block, blocks.get(blocks.size() - 1), x, everyToken);
    return new BatchOutput(embedded, hidden, last, output -> pooled(inputs, output));
  }

  /** The blocks in the order in which they are applied. */
  private List<BlockNames> blocks() {
    EncoderConfig config = building.config();
    List<BlockNames> blocks = new ArrayList<>();
    for (int layer = 0; layer < config.numHiddenLayers(); layer++) {
      for (int inner = 0; inner < config.innerGroupNum(); inner++) {
        blocks.add(BlockNames.of(config, layer, inner));
      }
    }
    return blocks;
  }

  private Operand<TFloat32> pooled(EncoderInputs inputs, EncoderOutput output) {
    return switch (building.config().classifierPooling()) {
      case CLS -> first(output);
      case MEAN -> mean(inputs, output);
    };
  }

  private Operand<TFloat32> first(EncoderOutput output) {
    Ops tf = building.tf();
    int hidden = building.config().hiddenSize();
    Operand<TFloat32> first = output.at(tf.constant(new int[] {0}), tf.constant(1));
    return tf.math.tanh(building.dense(POOLER, first, hidden, hidden));
  }

  private Operand<TFloat32> mean(EncoderInputs inputs, EncoderOutput output) {
    Ops tf = building.tf();
    Operand<TInt32> tokens = tf.constant(new int[] {1});
    Operand<TFloat32> mask =
        tf.expandDims(tf.dtypes.cast(inputs.attentionMask(), TFloat32.class), tf.constant(2));
    Operand<TFloat32> all = inputs.unflat(tf, output.sequence(), building.config().hiddenSize());
    return tf.math.div(tf.reduceSum(tf.math.mul(all, mask), tokens), tf.reduceSum(mask, tokens));
  }
}
