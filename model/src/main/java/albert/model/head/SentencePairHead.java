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
 * Tells two classes of segment pairs apart from the pooled output (google-research/albert, {@code
 * run_pretraining.py}, {@code get_sentence_order_output}; google-research/bert, {@code
 * get_next_sentence_output}). The two objectives differ in what the labels mean, not in what is
 * computed, and their variables have one name, {@code cls/seq_relationship}.
 *
 * <p>Labels: int32 [batch], named {@code sentence_order_labels} (1 = the segments are swapped) or
 * {@code next_sentence_labels} (1 = the second is random). Outputs: {@code
 * sentence_order_log_probs} float32 [batch, 2] and {@code sentence_order_loss} float32 [], or
 * likewise {@code next_sentence_…}: the mean of the negative log probabilities.
 *
 * @param objective which of the two
 */
public record SentencePairHead(Objective objective) implements Head {

  /** What the two classes mean. */
  public enum Objective {
    /** ALBERT's: are the two segments in order (paper, section 3.1)? */
    SENTENCE_ORDER,
    /** BERT's: does the second segment follow the first? */
    NEXT_SENTENCE
  }

  /** Name of the labels. */
  public String labels() {
    return prefix() + "_labels";
  }

  /** Name of the output that has the log probabilities of the two classes. */
  public String logProbs() {
    return prefix() + "_log_probs";
  }

  private String prefix() {
    return objective.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public boolean readsPooled() {
    return true;
  }

  @Override
  public HeadOutput apply(
      Building building, EncoderInputs inputs, EncoderOutput encoder, Labels labels) {
    Ops tf = building.tf();
    String prefix = prefix();
    Operand<TFloat32> logits =
        OutputLayer.logits(
            building,
            encoder.pooled(),
            2,
            "cls/seq_relationship/output_weights",
            "cls/seq_relationship/output_bias");
    Operand<TInt32> right = labels.ints(labels(), -1);
    Operand<TFloat32> loss = CrossEntropy.mean(building, logits, right);
    return new HeadOutput(
        new TreeMap<>(
            Map.of(
                prefix + "_logits",
                logits,
                logProbs(),
                tf.nn.logSoftmax(logits),
                prefix + "_loss",
                loss)),
        loss);
  }
}
