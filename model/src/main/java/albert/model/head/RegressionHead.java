package albert.model.head;

import albert.model.layer.Building;
import albert.model.layer.EncoderInputs;
import albert.model.layer.EncoderOutput;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * One number from the pooled output (google-research/albert, {@code classifier_utils.py}, {@code
 * create_model} for STS-B).
 *
 * <p>Label: {@value #TARGETS} float32 [batch]. Outputs: {@value #PREDICTIONS} float32 [batch];
 * {@value #LOSS} float32 [], the mean squared error: predictions 1 and 3 for targets 2 and 5 give
 * (1 + 4) / 2 = 2.5.
 */
public record RegressionHead() implements Head {
  /** Label: the right number. */
  public static final String TARGETS = "targets";

  /** Output: the prediction. */
  public static final String PREDICTIONS = "predictions";

  /** Output: the loss; needs the targets. */
  public static final String LOSS = "loss";

  @Override
  public boolean readsPooled() {
    return true;
  }

  @Override
  public HeadOutput apply(
      Building building, EncoderInputs inputs, EncoderOutput encoder, Labels labels) {
    Ops tf = building.tf();
    Operand<TFloat32> predictions =
        tf.reshape(OutputLayer.ofPooled(building, encoder, 1), building.kernels().ints(-1));
    Operand<TFloat32> loss =
        building.mean(tf.math.squaredDifference(predictions, labels.floats(TARGETS, -1)), 0);
    return new HeadOutput(new TreeMap<>(Map.of(PREDICTIONS, predictions, LOSS, loss)), loss);
  }
}
