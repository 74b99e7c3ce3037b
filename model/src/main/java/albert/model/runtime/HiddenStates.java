package albert.model.runtime;

import albert.model.graph.ConstantWeights;
import albert.model.layer.Building;
import albert.model.layer.EncoderInputs;
import albert.model.layer.TransformerEncoder;
import albert.model.runtime.Distillation.Encoder;
import albert.model.tensor.FloatTensor;
import albert.model.tensor.HostTensor;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The hidden states of an encoder whose weights don't change: the teacher of a distillation. */
public final class HiddenStates implements AutoCloseable {
  private static final String STATE = "state.";

  private final GraphSession session;

  private HiddenStates(GraphSession session) {
    this.session = session;
  }

  /**
   * Builds the encoder.
   *
   * @throws IllegalArgumentException if weights are missing or of another shape
   */
  public static HiddenStates of(Encoder encoder, RuntimeOptions options) {
    RuntimeOptions resolved = Distillation.withoutFloat16(options.resolve());
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      ConstantWeights weights = new ConstantWeights(tf, encoder.weights());
      Building fixed = Building.inference(tf, encoder.config(), weights, resolved.parts());
      List<Operand<TFloat32>> states =
          new TransformerEncoder(fixed).apply(EncoderInputs.placeholders(tf), true).hidden();
      for (int state = 0; state < states.size(); state++) {
        tf.withName(STATE + state).identity(states.get(state));
      }
      return new HiddenStates(
          new GraphSession(
              resolved.precision().rewritten(graph.toGraphDef()), resolved, resolved.parts()));
    }
  }

  /**
   * Computes some of a batch.
   *
   * @param first the first state, 0 for the first block's input
   * @param last the last one, the number of blocks for the last block's output
   * @return [tokens, hidden] each, rows of the batch one after another
   */
  public List<FloatTensor> of(Map<String, ? extends HostTensor> batch, int first, int last) {
    return session
        .call()
        .feed(batch)
        .fetch(IntStream.rangeClosed(first, last).mapToObj(state -> STATE + state).toList());
  }

  @Override
  public void close() {
    session.close();
  }
}
