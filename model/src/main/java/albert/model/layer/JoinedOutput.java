package albert.model.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** What an encoder computes for the parts of a batch, one below the other. */
final class JoinedOutput implements EncoderOutput {
  private final Ops tf;
  private final List<EncoderInputs.Part> parts;
  private final List<EncoderOutput> outputs;

  /**
   * @param parts of the batch
   * @param outputs of each part
   */
  JoinedOutput(Ops tf, List<EncoderInputs.Part> parts, List<EncoderOutput> outputs) {
    this.tf = tf;
    this.parts = parts;
    this.outputs = outputs;
  }

  @Override
  public Operand<TFloat32> embeddings() {
    return joined(EncoderOutput::embeddings);
  }

  @Override
  public List<Operand<TFloat32>> hidden() {
    List<List<Operand<TFloat32>>> each = outputs.stream().map(EncoderOutput::hidden).toList();
    return IntStream.range(0, each.get(0).size())
        .mapToObj(layer -> joined(each.stream().map(hidden -> hidden.get(layer)).toList()))
        .toList();
  }

  @Override
  public Operand<TFloat32> sequence() {
    return joined(EncoderOutput::sequence);
  }

  @Override
  public Operand<TFloat32> at(Operand<TInt32> positions, Operand<TInt32> count) {
    boolean same = positions.shape().numDimensions() == 1;
    List<Operand<TFloat32>> each = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      each.add(outputs.get(i).at(same ? positions : parts.get(i).rows(tf, positions), count));
    }
    return joined(each);
  }

  @Override
  public Operand<TFloat32> pooled() {
    return joined(EncoderOutput::pooled);
  }

  private Operand<TFloat32> joined(Function<EncoderOutput, Operand<TFloat32>> output) {
    return joined(outputs.stream().map(output).toList());
  }

  private Operand<TFloat32> joined(List<Operand<TFloat32>> each) {
    return tf.concat(each, tf.constant(0));
  }
}
