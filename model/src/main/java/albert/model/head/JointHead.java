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
 * A class for the sequence, from the pooled output, and one for each token, learnt together: Chen,
 * Zhuo and Wang, "BERT for Joint Intent Classification and Slot Filling" (arXiv 1902.10909, section
 * 3.2), without their CRF. Variables and outputs are those of {@link ClassificationHead} and {@link
 * TokenClassificationHead}.
 *
 * <p>Labels: {@value ClassificationHead#LABELS} int32 [batch], negative where the sequence does not
 * count, and {@value TokenClassificationHead#LABELS} int32 [batch, seq], negative where the token
 * does not. Outputs: {@value ClassificationHead#LOGITS} and {@value
 * ClassificationHead#PROBABILITIES} float32 [batch, numLabels]; {@value
 * TokenClassificationHead#LOGITS} float32 [batch, seq, numTags]; {@value #LOSS} float32 [], the
 * weighted sum of the two mean negative log probabilities, each over what counts and 0 if nothing
 * does. With weights 1 and 0.5, right classes of probability 1/2 and tags of probability 1/8 give
 * 0.693 + 0.5 · 2.079 = 1.733.
 *
 * <p>Differs from the paper: it maximises the product of all probabilities, whose logarithm is a
 * sum over tokens; here, as in published implementations, each of the two terms is a mean, and has
 * a weight.
 *
 * @param numLabels how many classes a sequence may have, at least 2
 * @param numTags how many a token may have, at least 2
 * @param labelLossWeight of the sequence's term, 0 or more
 * @param tagLossWeight of the tokens' term, 0 or more
 */
public record JointHead(int numLabels, int numTags, double labelLossWeight, double tagLossWeight)
    implements Head {
  /** Output: the loss; needs the labels. */
  public static final String LOSS = "loss";

  /** Checks the numbers. */
  public JointHead {
    if (numLabels < 2 || numTags < 2) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d classes and %d tags, at least 2 of each are needed",
              numLabels,
              numTags));
    }
    if (!(labelLossWeight >= 0 && tagLossWeight >= 0)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the loss weights are %s and %s, allowed are 0 and more",
              labelLossWeight,
              tagLossWeight));
    }
  }

  @Override
  public boolean readsPooled() {
    return true;
  }

  @Override
  public boolean readsEveryToken() {
    return true;
  }

  @Override
  public HeadOutput apply(
      Building building, EncoderInputs inputs, EncoderOutput encoder, Labels labels) {
    Ops tf = building.tf();
    Operand<TFloat32> logits = OutputLayer.ofPooled(building, encoder, numLabels);
    Operand<TFloat32> labelLoss =
        CrossEntropy.meanOfCounted(building, logits, labels.ints(ClassificationHead.LABELS, -1));
    HeadOutput tags = new TokenClassificationHead(numTags).apply(building, inputs, encoder, labels);
    Operand<TFloat32> loss =
        building
            .kernels()
            .add(
                building.kernels().scale(labelLoss, labelLossWeight),
                building.kernels().scale(tags.loss(), tagLossWeight));
    TreeMap<String, Operand<TFloat32>> outputs = new TreeMap<>(tags.outputs());
    outputs.putAll(
        Map.of(
            ClassificationHead.LOGITS,
            logits,
            ClassificationHead.PROBABILITIES,
            tf.nn.softmax(logits),
            LOSS,
            loss));
    return new HeadOutput(outputs, loss);
  }
}
