package albert.model.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import albert.model.testing.Tiny;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Whatever is asked of a batch in parts is what the whole batch gives, in its order. */
final class JoinedOutputTest {
  private static final int ROWS = 5;
  private static final int SEQUENCE = 6;

  @Test
  void everyOutputIsThatOfTheWholeBatch() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Building whole =
          Building.inference(
              tf,
              Tiny.config(),
              (name, initializer, shape) ->
                  tf.random.statelessRandomNormal(
                      tf.constant(shape),
                      tf.constant(new long[] {name.hashCode(), 1}),
                      TFloat32.class));
      Building parts =
          new Building(
              whole.config(),
              whole.kernels(),
              whole.primitives(),
              whole.weights(),
              whole.dropout(),
              2,
              whole.replica());
      List<Operand<TFloat32>> asked = new ArrayList<>();
      List.of(whole, parts).forEach(building -> asked.addAll(outputs(building)));
      int each = asked.size() / 2;
      try (Session session = new Session(graph)) {
        Session.Runner runner = session.runner();
        // an output may be another's too, which can't be fetched twice
        asked.forEach(output -> runner.fetch(tf.identity(output)));
        try (Result result = runner.run()) {
          for (int i = 0; i < each; i++) {
            assertThat(values(result, each + i))
                .as("output %d", i)
                .containsExactly(values(result, i), within(1e-5f));
          }
        }
      }
    }
  }

  private static List<Operand<TFloat32>> outputs(Building building) {
    Ops tf = building.tf();
    EncoderOutput output =
        new TransformerEncoder(building)
            .apply(
                new EncoderInputs(
                    ints(tf, 7, SEQUENCE),
                    tf.fill(tf.constant(new int[] {ROWS, SEQUENCE}), tf.constant(1)),
                    ints(tf, 2, SEQUENCE),
                    tf.constant(ROWS),
                    tf.constant(SEQUENCE)),
                true);
    List<Operand<TFloat32>> outputs = new ArrayList<>(output.hidden());
    outputs.add(output.embeddings());
    outputs.add(output.pooled());
    outputs.add(output.at(ints(tf, SEQUENCE, 2), tf.constant(2)));
    outputs.add(output.at(tf.constant(new int[] {3}), tf.constant(1)));
    return outputs;
  }

  private static Operand<TInt32> ints(Ops tf, int bound, int width) {
    int[] values = IntStream.range(0, ROWS * width).map(i -> i * i % bound).toArray();
    return tf.constant(Shape.of(ROWS, width), DataBuffers.of(values));
  }

  private static float[] values(Result result, int index) {
    TFloat32 tensor = (TFloat32) result.get(index);
    float[] values = new float[(int) tensor.size()];
    tensor.asRawTensor().data().asFloats().read(values);
    return values;
  }
}
