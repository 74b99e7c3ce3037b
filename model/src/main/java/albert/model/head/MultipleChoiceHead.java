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
 * The best of several sequences, each given a score from its pooled output (google-research/albert,
 * {@code race_utils.py}, {@code create_model}).
 *
 * <p>The encoder's batch holds the choices of a question in a row: [questions · numChoices, seq].
 * Label: {@value #LABELS} int32 [questions]. Outputs: {@value #SCORES} float32 [batch], of each
 * sequence by itself, so that it may also be had of batches that tear questions apart or have
 * questions with other numbers of choices; {@value #LOGITS} float32 [questions, numChoices], the
 * same a row a question; {@value #LOSS} float32 [], the mean negative log probability of the right
 * choices: two questions whose right choices have probabilities 1/2 and 1/8 give 1.386.
 *
 * @param numChoices how many sequences a question has, at least 2
 */
public record MultipleChoiceHead(int numChoices) implements Head {
  /** Label: the right choice. */
  public static final String LABELS = "choice_labels";

  /** Output: the score of each sequence. */
  public static final String SCORES = "choice_scores";

  /** Output: the scores of each question, before the softmax. */
  public static final String LOGITS = "choice_logits";

  /** Output: the loss; needs the labels. */
  public static final String LOSS = "loss";

  /** Checks the number of choices. */
  public MultipleChoiceHead {
    if (numChoices < 2) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%d choices, at least 2 are needed", numChoices));
    }
  }

  @Override
  public boolean readsPooled() {
    return true;
  }

  @Override
  public int together() {
    return numChoices;
  }

  @Override
  public HeadOutput apply(
      Building building, EncoderInputs inputs, EncoderOutput encoder, Labels labels) {
    Ops tf = building.tf();
    Operand<TFloat32> scores =
        tf.reshape(OutputLayer.ofPooled(building, encoder, 1), building.kernels().ints(-1));
    Operand<TFloat32> logits = tf.reshape(scores, building.kernels().ints(-1, numChoices));
    Operand<TFloat32> loss = CrossEntropy.mean(building, logits, labels.ints(LABELS, -1));
    return new HeadOutput(new TreeMap<>(Map.of(SCORES, scores, LOGITS, logits, LOSS, loss)), loss);
  }
}
