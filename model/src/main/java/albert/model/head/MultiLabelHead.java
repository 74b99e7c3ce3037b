package albert.model.head;

import albert.model.layer.Building;
import albert.model.layer.EncoderInputs;
import albert.model.layer.EncoderOutput;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Any number of labels from the pooled output, each yes or no by itself (Hugging Face's {@code
 * BertForSequenceClassification} with the problem type {@code multi_label_classification}).
 *
 * <p>Label: {@value #TARGETS} float32 [batch, numLabels], 1 for a label that is right and 0
 * otherwise. Outputs: {@value #LOGITS} and {@value #PROBABILITIES} float32 [batch, numLabels], the
 * latter their sigmoids; {@value #LOSS} float32 [], the binary cross-entropy, a mean over batch and
 * labels as PyTorch's {@code BCEWithLogitsLoss}: one example whose two labels get the probabilities
 * 1/2 and 1/4, of which the first is right, gives (0.693 + 0.288) / 2 = 0.490.
 *
 * @param numLabels how many labels there are, at least 1
 */
public record MultiLabelHead(int numLabels) implements Head {
  /** Label: 1 for each right label. */
  public static final String TARGETS = "label_sets";

  /** Output: before the sigmoid. */
  public static final String LOGITS = "logits";

  /** Output: after the sigmoid. */
  public static final String PROBABILITIES = "probabilities";

  /** Output: the loss; needs the targets. */
  public static final String LOSS = "loss";

  /** Checks the number of labels. */
  public MultiLabelHead {
    if (numLabels < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%d labels, at least 1 is needed", numLabels));
    }
  }

  @Override
  public boolean readsPooled() {
    return true;
  }

  @Override
  public HeadOutput apply(
      Building building, EncoderInputs inputs, EncoderOutput encoder, Labels labels) {
    Ops tf = building.tf();
    Operand<TFloat32> logits = OutputLayer.ofPooled(building, encoder, numLabels);
    Operand<TFloat32> targets = labels.floats(TARGETS, -1, numLabels);
    // -log σ(x) of a right label and -log(1 - σ(x)) of another, without σ's rounding to 0 or 1
    Operand<TFloat32> each = tf.math.sub(tf.math.softplus(logits), tf.math.mul(logits, targets));
    Operand<TFloat32> loss = building.mean(each, 0, 1);
    return new HeadOutput(
        new TreeMap<>(Map.of(LOGITS, logits, PROBABILITIES, tf.math.sigmoid(logits), LOSS, loss)),
        loss);
  }
}
