package albert.model.head;

import albert.model.layer.Building;
import albert.model.layer.EncoderInputs;
import albert.model.layer.EncoderOutput;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A score for each sentence of a document, from the encoder's output at the [CLS] in front of it:
 * the simple classifier of BERTSum (arXiv 1903.10318, section 2.2.1; nlpyang/BertSum, {@code
 * encoder.py}, {@code Classifier}).
 *
 * <p>Label: {@value #LABELS} int32 [batch, seq], at the first token of a sentence 1 where it
 * belongs to the summary and 0 where it does not, negative elsewhere. Outputs: {@value #LOGITS}
 * float32 [batch, seq], of which those of sentences' first tokens mean something; {@value #LOSS}
 * float32 [], the mean of {@code log(1 + e^x) - x z} over the sentences' logits x and labels z, 0
 * if there is none: logits 0 and 2 with labels 1 and 0 give (0.693 + 2.127) / 2 = 1.410.
 *
 * <p><b>Differs from the paper</b> in the loss, which the published code sums over the sentences of
 * a batch: long documents do not count more here. The layers between sentences that the paper tries
 * besides (an LSTM, Transformer layers) are not there.
 */
public record SentenceHead() implements Head {
  /** Label: whether the sentence that begins at a token belongs to the summary. */
  public static final String LABELS = "sentence_labels";

  /** Output: before the sigmoid. */
  public static final String LOGITS = "sentence_logits";

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
    Operand<TFloat32> sequence =
        building.dropout().apply(encoder.sequence(), building.config().classifierDropoutProb());
    Operand<TInt32> all = building.kernels().ints(-1);
    Operand<TFloat32> flat =
        tf.reshape(
            OutputLayer.logits(
                building, sequence, 1, "cls/token/output_weights", "cls/token/output_bias"),
            all);
    Operand<TInt32> right = tf.reshape(labels.ints(LABELS, -1, -1), all);
    Operand<TFloat32> loss = CrossEntropy.meanOfCountedBinary(building, flat, right);
    Operand<TFloat32> logits =
        tf.reshape(flat, tf.stack(List.of(inputs.batch(), inputs.sequence())));
    return new HeadOutput(new TreeMap<>(Map.of(LOGITS, logits, LOSS, loss)), loss);
  }
}
