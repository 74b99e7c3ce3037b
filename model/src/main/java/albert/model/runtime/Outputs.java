package albert.model.runtime;

import albert.model.config.EncoderConfig;
import albert.model.graph.WeightSource;
import albert.model.head.Head;
import albert.model.head.Labels;
import albert.model.layer.Building;
import albert.model.layer.EncoderInputs;
import albert.model.layer.EncoderOutput;
import albert.model.layer.TransformerEncoder;
import albert.model.tensor.FloatTensor;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** What a model without dropout gives, by name; heads add theirs. */
public final class Outputs {
  /** float32 [batch, seq, E], the normalised sum of the embeddings. */
  public static final String EMBEDDINGS = "embedding_output";

  /** float32 [batch, seq, H], the last block's output. */
  public static final String SEQUENCE = "sequence_output";

  /** float32 [batch, H], where there is a pooler. */
  public static final String POOLED = "pooled_output";

  private static final String SCOPE = "output.";

  private Outputs() {}

  /**
   * float32 [batch, seq, H]: the input of the first block for 0, and the output of the n-th block
   * applied.
   */
  public static String hidden(int n) {
    return "hidden." + n;
  }

  /** The operation of an output in the graph. */
  static String operation(String output) {
    return SCOPE + output;
  }

  /** The tensor of an output in the graph. */
  static String tensor(String output) {
    return operation(output) + ":0";
  }

  /**
   * Builds what a training evaluates and what predicts with its weights: one graph for both.
   *
   * @param weights variables
   */
  static void evaluated(
      Ops tf,
      EncoderConfig config,
      WeightSource weights,
      EncoderInputs inputs,
      List<Head> heads,
      Labels labels) {
    build(
        Building.inference(tf, config, weights),
        inputs,
        heads,
        labels,
        heads.stream().anyMatch(Head::readsPooled),
        Head.readEveryToken(heads));
  }

  /**
   * Builds the model and names what it gives.
   *
   * @param pooler whether there is a pooler
   * @param everyToken whether all is asked for at once, so that the last block is computed for
   *     every token anyway; else heads that read a few compute these alone
   */
  static void build(
      Building building,
      EncoderInputs inputs,
      List<Head> heads,
      Labels labels,
      boolean pooler,
      boolean everyToken) {
    EncoderConfig config = building.config();
    Ops tf = building.tf();
    EncoderOutput encoder = new TransformerEncoder(building).apply(inputs, everyToken);
    name(tf, EMBEDDINGS, inputs.unflat(tf, encoder.embeddings(), config.embeddingSize()));
    for (int i = 0; i < encoder.hidden().size(); i++) {
      name(tf, hidden(i), inputs.unflat(tf, encoder.hidden().get(i), config.hiddenSize()));
    }
    name(tf, SEQUENCE, inputs.unflat(tf, encoder.sequence(), config.hiddenSize()));
    if (pooler) {
      name(tf, POOLED, encoder.pooled());
    }
    for (Head head : heads) {
      head.apply(building, inputs, encoder, labels)
          .outputs()
          .forEach((output, value) -> name(tf, output, value));
    }
  }

  /** Runs what {@link #build} built, in a call that is fed. */
  static Map<String, FloatTensor> fetch(GraphSession.Call call, Collection<String> outputs) {
    List<FloatTensor> values = call.fetch(outputs.stream().map(Outputs::operation).toList());
    Map<String, FloatTensor> byName = new TreeMap<>();
    int index = 0;
    for (String name : outputs) {
      byName.put(name, values.get(index++));
    }
    return byName;
  }

  private static void name(Ops tf, String name, Operand<TFloat32> value) {
    tf.withName(operation(name)).identity(value);
  }
}
