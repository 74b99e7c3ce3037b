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
import org.tensorflow.types.TInt32;

/**
 * A class for every token (BERT paper, section 5.3; Hugging Face's {@code
 * BertForTokenClassification}).
 *
 * <p>Label: {@value #LABELS} int32 [batch, seq], negative where the token does not count. Outputs:
 * {@value #LOGITS} float32 [batch, seq, numLabels]; {@value #LOSS} float32 [], the mean negative
 * log probability over the tokens that count, 0 if none does.
 *
 * @param numLabels how many classes, at least 2
 */
public record TokenClassificationHead(int numLabels) implements Head {
  /** Label: the class of each token. */
  public static final String LABELS = "token_labels";

  /** Output: before the softmax. */
  public static final String LOGITS = "token_logits";

  /** Output: the loss; needs the labels. */
  public static final String LOSS = "loss";

  /** Checks the number of classes. */
  public TokenClassificationHead {
    if (numLabels < 2) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%d classes, at least 2 are needed", numLabels));
    }
  }

  @Override
  public boolean readsPooled() {
    return false;
  }

  @Override
  public HeadOutput apply(
      Building building, EncoderInputs inputs, EncoderOutput encoder, Labels labels) {
    Ops tf = building.tf();
    Operand<TFloat32> sequence =
        building.dropout().apply(encoder.sequence(), building.config().classifierDropoutProb());
    Operand<TFloat32> flat =
        OutputLayer.logits(
            building, sequence, numLabels, "cls/token/output_weights", "cls/token/output_bias");
    Operand<TInt32> right = tf.reshape(labels.ints(LABELS, -1, -1), building.kernels().ints(-1));
    Operand<TFloat32> loss = CrossEntropy.meanOfCounted(building, flat, right);
    Operand<TFloat32> logits = inputs.unflat(tf, flat, numLabels);
    return new HeadOutput(new TreeMap<>(Map.of(LOGITS, logits, LOSS, loss)), loss);
  }
}
