package albert.model.head;

import albert.model.layer.Building;
import albert.model.layer.EncoderInputs;
import albert.model.layer.EncoderOutput;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * One of a fixed set of classes from the pooled output (google-research/albert, {@code
 * classifier_utils.py}, {@code create_model}).
 *
 * <p>Label: {@value #LABELS} int32 [batch]. Outputs: {@value #LOGITS} and {@value #PROBABILITIES}
 * float32 [batch, numLabels]; {@value #LOSS} float32 [], the mean of the negative log
 * probabilities: two examples whose right classes have probabilities 1/2 and 1/8 give 1.386.
 *
 * <p>With class weights each example's term is multiplied by the weight of its right class; the sum
 * is divided by the number of examples, as Keras does, not by the sum of the weights, so that a
 * batch in parts has the loss of the whole. Weights 2 and 1 in the example above give (2 · 0.693 +
 * 2.079) / 2 = 1.733.
 *
 * @param numLabels how many classes, at least 2
 * @param classWeights one a class, or empty for none
 */
public record ClassificationHead(int numLabels, List<Double> classWeights) implements Head {
  /** Label: the right class. */
  public static final String LABELS = "labels";

  /** Output: before the softmax. */
  public static final String LOGITS = "logits";

  /** Output: after the softmax. */
  public static final String PROBABILITIES = "probabilities";

  /** Output: the loss; needs the labels. */
  public static final String LOSS = "loss";

  /** Without class weights. */
  public ClassificationHead(int numLabels) {
    this(numLabels, List.of());
  }

  /** Checks the number of classes and weights. */
  public ClassificationHead {
    classWeights = List.copyOf(classWeights);
    if (!classWeights.isEmpty() && classWeights.size() != numLabels) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "%d class weights for %d classes", classWeights.size(), numLabels));
    }
    if (numLabels < 2) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%d classes, at least 2 are needed", numLabels));
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
    Operand<TFloat32> loss =
        CrossEntropy.mean(building, logits, labels.ints(LABELS, -1), classWeights);
    return new HeadOutput(
        new TreeMap<>(Map.of(LOGITS, logits, PROBABILITIES, tf.nn.softmax(logits), LOSS, loss)),
        loss);
  }
}
