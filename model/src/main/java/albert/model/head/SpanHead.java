package albert.model.head;

import albert.model.layer.Building;
import albert.model.layer.EncoderInputs;
import albert.model.layer.EncoderOutput;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.index.Indices;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Start and end of an answer, each scored at every token independently (google-research/bert,
 * {@code run_squad.py}, {@code create_model}).
 *
 * <p>Labels: {@value #START_POSITIONS} and {@value #END_POSITIONS} int32 [batch]. Outputs: {@value
 * #START_LOGITS} and {@value #END_LOGITS} float32 [batch, seq], those of padding included; {@value
 * #LOSS} float32 [], the mean of the two mean negative log probabilities.
 */
public record SpanHead() implements Head {
  /** Label: the token where the answer starts. */
  public static final String START_POSITIONS = "start_positions";

  /** Label: the token where the answer ends, itself included. */
  public static final String END_POSITIONS = "end_positions";

  /** Output: scores of the starts. */
  public static final String START_LOGITS = "start_logits";

  /** Output: scores of the ends. */
  public static final String END_LOGITS = "end_logits";

  /** Output: the loss; needs the labels. */
  public static final String LOSS = "loss";

  @Override
  public boolean readsPooled() {
    return false;
  }

  @Override
  public HeadOutput apply(
      Building building, EncoderInputs inputs, EncoderOutput encoder, Labels labels) {
    Ops tf = building.tf();
    Operand<TFloat32> both =
        OutputLayer.logits(
            building, encoder.sequence(), 2, "cls/squad/output_weights", "cls/squad/output_bias");
    Operand<TFloat32> starts = column(tf, inputs, both, 0);
    Operand<TFloat32> ends = column(tf, inputs, both, 1);
    Operand<TFloat32> loss =
        building
            .kernels()
            .scale(
                building
                    .kernels()
                    .add(
                        CrossEntropy.mean(building, starts, labels.ints(START_POSITIONS, -1)),
                        CrossEntropy.mean(building, ends, labels.ints(END_POSITIONS, -1))),
                0.5);
    return new HeadOutput(
        new TreeMap<>(Map.of(START_LOGITS, starts, END_LOGITS, ends, LOSS, loss)), loss);
  }

  /** float32 [batch, seq] from a column of [batch · seq, 2]. */
  private static Operand<TFloat32> column(
      Ops tf, EncoderInputs inputs, Operand<TFloat32> both, int column) {
    Operand<TInt32> shape = inputs.shape(tf);
    return tf.reshape(tf.stridedSlice(both, Indices.all(), Indices.at(column)), shape);
  }
}
