package albert.model.compress;

import static albert.model.io.BlockVariable.*;

import albert.model.io.BlockVariable;
import albert.model.runtime.GraphSession;
import albert.model.runtime.RuntimeOptions;
import albert.model.tensor.FloatTensor;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TFloat32;

/**
 * Orders the units of one layer like another's before they are averaged: attention heads and units
 * of the feed-forward network may stand in any order without changing what a layer computes. The
 * order is the assignment with the largest sum of inner products over the weights of matched units
 * (Git Re-Basin, arXiv 2209.04836, weight matching).
 */
final class UnitAlignment implements AutoCloseable {
  private final GraphSession session;
  private final int heads;

  /**
   * @param heads A
   */
  UnitAlignment(int heads, RuntimeOptions options) {
    this.heads = heads;
    RuntimeOptions resolved = options.resolve();
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Placeholder.Options any = Placeholder.shape(Shape.of(-1, -1));
      tf.withName("gain")
          .linalg
          .matMul(
              tf.withName("x").placeholder(TFloat32.class, any),
              tf.withName("y").placeholder(TFloat32.class, any),
              MatMul.transposeB(true));
      session = new GraphSession(graph.toGraphDef(), resolved);
    }
  }

  /** The layer with its units in the order of the other's. */
  LayerWeights aligned(LayerWeights layer, LayerWeights like) {
    FloatTensor wanted = units(like);
    FloatTensor own = units(layer);
    float[] gain =
        session.call().feed(Map.of("x", wanted, "y", own)).fetch(List.of("gain")).get(0).values();
    int[] order = Assignment.best(gain, (int) own.shape()[0]);
    Map<BlockVariable, FloatTensor> ordered = new EnumMap<>(BlockVariable.class);
    layer
        .variables()
        .forEach((variable, tensor) -> ordered.put(variable, ordered(variable, tensor, order)));
    return new LayerWeights(ordered);
  }

  @Override
  public void close() {
    session.close();
  }

  /** How a variable's dimensions run over the units: along columns, rows or not at all. */
  private enum Along {
    COLUMNS,
    ROWS,
    NEITHER;

    static Along of(BlockVariable variable) {
      return switch (variable) {
        case QUERY_KERNEL, QUERY_BIAS, KEY_KERNEL, KEY_BIAS, VALUE_KERNEL, VALUE_BIAS -> COLUMNS;
        case FFN_KERNEL, FFN_BIAS -> COLUMNS;
        case ATTENTION_OUTPUT_KERNEL, FFN_OUTPUT_KERNEL -> ROWS;
        case ATTENTION_OUTPUT_BIAS, ATTENTION_GAMMA, ATTENTION_BETA -> NEITHER;
        case FFN_OUTPUT_BIAS, FFN_GAMMA, FFN_BETA -> NEITHER;
      };
    }
  }

  /** float32 [units, weights of a unit]. */
  private FloatTensor units(LayerWeights layer) {
    int units = layer.variables().containsKey(FFN_KERNEL) ? layer.get(FFN_BIAS).size() : heads;
    int total =
        layer.variables().entrySet().stream()
            .filter(entry -> Along.of(entry.getKey()) != Along.NEITHER)
            .mapToInt(entry -> entry.getValue().size())
            .sum();
    float[] values = new float[total];
    int perUnit = total / units;
    int from = 0;
    for (Map.Entry<BlockVariable, FloatTensor> entry : layer.variables().entrySet()) {
      Along along = Along.of(entry.getKey());
      if (along != Along.NEITHER) {
        float[] weights = entry.getValue().values();
        int width = weights.length / units;
        for (int i = 0; i < weights.length; i++) {
          int unit = unit(along, entry.getValue(), units, i);
          int within = within(along, entry.getValue(), units, i);
          values[unit * perUnit + from + within] = weights[i];
        }
        from += width;
      }
    }
    return FloatTensor.of(values, units, perUnit);
  }

  private FloatTensor ordered(BlockVariable variable, FloatTensor tensor, int[] order) {
    Along along = Along.of(variable);
    if (along == Along.NEITHER) {
      return tensor;
    }
    int units = order.length;
    int[] place = new int[units];
    for (int unit = 0; unit < units; unit++) {
      place[order[unit]] = unit;
    }
    float[] from = tensor.values();
    float[] to = new float[from.length];
    int columns = columns(tensor);
    int block = along == Along.ROWS ? from.length / units : columns / units;
    for (int i = 0; i < from.length; i++) {
      int unit = unit(along, tensor, units, i);
      to[i + (place[unit] - unit) * block] = from[i];
    }
    return FloatTensor.of(to, tensor.shape());
  }

  private static int unit(Along along, FloatTensor tensor, int units, int index) {
    return along == Along.ROWS
        ? index / (tensor.size() / units)
        : index % columns(tensor) / (columns(tensor) / units);
  }

  private static int within(Along along, FloatTensor tensor, int units, int index) {
    if (along == Along.ROWS) {
      return index % (tensor.size() / units);
    }
    int columns = columns(tensor);
    int block = columns / units;
    return index / columns * block + index % columns % block;
  }

  private static int columns(FloatTensor tensor) {
    return (int) tensor.shape()[tensor.shape().length - 1];
  }
}
