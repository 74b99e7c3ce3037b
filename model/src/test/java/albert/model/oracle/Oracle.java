package albert.model.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs an encoder with the heads whose targets are given: {@link #run} for what it computes, {@link
 * #gradients} for the derivative of {@code total_loss}, the sum of the heads' losses, by every
 * variable that takes part.
 */
public final class Oracle {
  private static final String PROJECTION = "bert/encoder/embedding_hidden_mapping_in";

  private final Parameters parameters;
  private final Map<String, double[]> outputs = new TreeMap<>();
  private final Embeddings embeddings;
  private final List<Layer> encoder = new ArrayList<>();
  private final Heads heads;

  /**
   * An architecture.
   *
   * @param vocab V
   * @param embedding E
   * @param hidden H
   * @param positions P
   * @param types T
   * @param heads A
   * @param intermediate I
   * @param activation of the feed-forward network and the masked-LM transform
   * @param epsilon of the layer norms
   * @param attentionSets the set of attention weights of each layer
   * @param ffnSets the set of feed-forward weights of each layer, as many
   * @param innerBlocks blocks in a layer
   * @param projected whether embeddings are projected from E to H
   * @param bertNames whether variables are named as BERT's, else as ALBERT's
   * @param meanPooled whether the pooled output is the mean of the tokens, without a dense layer
   */
  public record Sizes(
      int vocab,
      int embedding,
      int hidden,
      int positions,
      int types,
      int heads,
      int intermediate,
      Activation.Kind activation,
      double epsilon,
      List<Integer> attentionSets,
      List<Integer> ffnSets,
      int innerBlocks,
      boolean projected,
      boolean bertNames,
      boolean meanPooled) {}

  /**
   * A batch; every array is [batch, tokens].
   *
   * @param batch B
   * @param ids word ids
   * @param mask 1 where there is a token, 0 for padding
   * @param types token types
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Inputs(int batch, int[] ids, int[] mask, int[] types) {
    int tokens() {
      return ids.length / batch;
    }
  }

  private Oracle(
      Sizes sizes, Map<String, double[]> weights, Inputs inputs, List<? extends Target> targets) {
    parameters = new Parameters(weights);
    embeddings = new Embeddings(parameters, sizes, inputs);
    if (sizes.projected()) {
      encoder.add(new Dense(parameters, PROJECTION, sizes.embedding(), sizes.hidden()));
    }
    for (int layer = 0; layer < sizes.attentionSets().size(); layer++) {
      for (int inner = 0; inner < sizes.innerBlocks(); inner++) {
        encoder.add(new Block(parameters, sizes, inputs, layer, inner));
      }
    }
    heads = new Heads(parameters, sizes, inputs, targets);
  }

  /**
   * What the model computes: {@code embedding_output} [B, S, E], {@code encoder_layer_N} [B, S, H]
   * with N from 1 for every block that runs, {@code sequence_output}, {@code pooled_output} [B, H],
   * and from the heads {@code mlm_log_probs}, {@code mlm_loss}, {@code sop_log_probs}, {@code
   * sop_loss}, {@code log_probs} or {@code predictions}, and {@code loss}; {@code total_loss} is
   * the sum of the losses.
   */
  public static Map<String, double[]> run(
      Sizes sizes, Map<String, double[]> weights, Inputs inputs, List<? extends Target> targets) {
    Oracle oracle = new Oracle(sizes, weights, inputs, targets);
    oracle.forward();
    return oracle.outputs;
  }

  /** The gradient of {@code total_loss} by variable name, summed over all uses of a variable. */
  public static Map<String, double[]> gradients(
      Sizes sizes, Map<String, double[]> weights, Inputs inputs, List<? extends Target> targets) {
    Oracle oracle = new Oracle(sizes, weights, inputs, targets);
    oracle.forward();
    oracle.backward();
    return oracle.parameters.gradients();
  }

  private void forward() {
    double[] x = embeddings.forward();
    outputs.put("embedding_output", x);
    int block = 0;
    for (Layer layer : encoder) {
      x = layer.forward(x);
      if (layer instanceof Block) {
        block++;
        outputs.put("encoder_layer_" + block, x);
      }
    }
    outputs.put("sequence_output", x);
    outputs.putAll(heads.forward(x));
  }

  private void backward() {
    double[] dx = heads.backward();
    for (int i = encoder.size() - 1; i >= 0; i--) {
      dx = encoder.get(i).backward(dx);
    }
    embeddings.backward(dx);
  }
}
