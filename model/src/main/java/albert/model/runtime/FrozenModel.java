package albert.model.runtime;

import albert.model.config.EncoderConfig;
import albert.model.graph.ConstantWeights;
import albert.model.head.Head;
import albert.model.head.Labels;
import albert.model.layer.Building;
import albert.model.layer.EncoderInputs;
import albert.model.layer.TransformerEncoder;
import albert.model.tensor.FloatTensor;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.op.Ops;

/**
 * A model for inference whose weights are constants of the graph. TensorFlow converts and packs
 * them once, which makes small batches much faster. It may multiply them in another order than
 * variables, so the last bits can differ; use an {@link EvaluationModel} for figures that are
 * compared with those of a training.
 */
public final class FrozenModel extends InferenceModel {
  private FrozenModel(GraphSession session, MemoryNeeds needs) {
    super(session, needs);
  }

  /**
   * Builds a model around weights.
   *
   * @param heads may be empty
   * @param weights by the published checkpoints' names
   * @throws IllegalArgumentException if weights are missing or have a wrong shape
   */
  public static FrozenModel of(
      EncoderConfig config,
      List<Head> heads,
      Map<String, FloatTensor> weights,
      RuntimeOptions options) {
    RuntimeOptions resolved = options.resolve();
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Building building = Building.inference(tf, config, new ConstantWeights(tf, weights));
      boolean pooler =
          !config.hasPooler() || weights.containsKey(TransformerEncoder.POOLER + "/kernel");
      Outputs.build(
          building,
          EncoderInputs.placeholders(tf),
          heads,
          new Labels(tf),
          pooler,
          Head.readEveryToken(heads));
      return new FrozenModel(
          new GraphSession(resolved.precision().rewritten(graph.toGraphDef()), resolved),
          new MemoryNeeds(config, heads, resolved));
    }
  }
}
