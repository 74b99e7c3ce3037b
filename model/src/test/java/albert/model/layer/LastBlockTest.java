package albert.model.layer;

import static org.assertj.core.api.Assertions.assertThat;

import albert.model.testing.Tiny;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** That the last block's whole output is computed only for those who need it. */
final class LastBlockTest {

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void thePoolerNeedsTheWholeSequenceOnlyWhereItIsThereAnyway(boolean everyToken) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Building building =
          Building.inference(
              tf,
              Tiny.config(),
              (name, initializer, shape) -> tf.fill(tf.constant(shape), tf.constant(0f)));
      EncoderOutput output =
          new TransformerEncoder(building).apply(EncoderInputs.placeholders(tf), everyToken);
      Operand<TFloat32> sequence = output.sequence();
      Set<GraphOperation> before = graph.subgraphTo(Set.of(output.pooled()));
      assertThat(before.contains((GraphOperation) sequence.op())).isEqualTo(everyToken);
    }
  }
}
