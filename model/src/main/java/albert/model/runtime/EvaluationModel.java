package albert.model.runtime;

import albert.model.config.EncoderConfig;
import albert.model.graph.VariableStore;
import albert.model.graph.VariableStore.Variable;
import albert.model.head.Head;
import albert.model.head.Labels;
import albert.model.layer.EncoderInputs;
import albert.model.tensor.FloatTensor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tensorflow.Graph;
import org.tensorflow.op.Ops;

/**
 * A model for inference that gives, bit for bit, what {@link TrainableModel#predict} gave during
 * training: the graph is the same, and its weights are variables as there. A {@link FrozenModel} is
 * faster with small batches, but may differ in the last bits.
 */
public final class EvaluationModel extends InferenceModel {
  private EvaluationModel(GraphSession session, MemoryNeeds needs) {
    super(session, needs);
  }

  /**
   * Builds a model with these weights.
   *
   * @param weights by the published checkpoints' names; weights that the model lacks are ignored
   * @throws IllegalArgumentException if weights are missing or have a wrong shape
   */
  public static EvaluationModel of(
      EncoderConfig config,
      List<Head> heads,
      Map<String, FloatTensor> weights,
      RuntimeOptions options) {
    RuntimeOptions resolved = options.resolve();
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      VariableStore store = new VariableStore(tf);
      Outputs.evaluated(tf, config, store, EncoderInputs.placeholders(tf), heads, new Labels(tf));
      SortedMap<String, FloatTensor> own = new TreeMap<>();
      store.variables().forEach((name, variable) -> own.put(name, checked(variable, weights)));
      GraphSession session =
          new GraphSession(
              resolved.precision().rewritten(graph.toGraphDef()), resolved, resolved.parts());
      session.assign(own);
      return new EvaluationModel(session, new MemoryNeeds(config, heads, resolved));
    }
  }

  private static FloatTensor checked(Variable variable, Map<String, FloatTensor> weights) {
    FloatTensor value = weights.get(variable.name());
    long[] needed = variable.shape().asArray();
    if (value == null || !Arrays.equals(value.shape(), needed)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s needs the shape %s, %s",
              variable.name(),
              Arrays.toString(needed),
              value == null
                  ? "but there are no such weights"
                  : "given is " + Arrays.toString(value.shape())));
    }
    return value;
  }
}
