package albert.experiments.evaluation;

import albert.datasets.tokenizer.Tokenizer;
import albert.evaluation.metric.Ranking;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What may stand in place of a mask.
 *
 * @param token the piece as the vocabulary spells it
 * @param id its id
 * @param probability among all pieces
 * @param sequence the text with it; null if the text has several masks
 */
record MaskFilling(String token, int id, double probability, @Nullable String sequence) {

  /**
   * What a line gets.
   *
   * @param predictions for each mask in its order, the likeliest first
   */
  record Line(List<List<MaskFilling>> predictions) {}

  /**
   * The likeliest fillings of every mask of a text. What stands in place of the others is not known
   * to any. Of equally likely ones the one with the lower id comes first; ids that the tokenizer
   * has no piece for are none.
   *
   * @param logits float32 [masks, V] from an index on, all finite
   * @param from that index
   * @param vocabSize V
   * @param top how many a mask gets
   */
  static Line of(
      MaskedText text, Tokenizer tokenizer, float[] logits, int from, int vocabSize, int top) {
    boolean sentencePiece = tokenizer.id("\u2581").isPresent();
    int known = Math.min(vocabSize, tokenizer.vocabSize());
    List<List<MaskFilling>> predictions = new ArrayList<>();
    for (int mask = 0; mask < text.positions().length; mask++) {
      int start = from + mask * vocabSize;
      double logSum = logSum(logits, start, vocabSize);
      List<MaskFilling> best = new ArrayList<>();
      for (int id : Ranking.best(logits, start, known, top)) {
        String piece = tokenizer.piece(id);
        best.add(
            new MaskFilling(
                piece,
                id,
                Math.exp(logits[start + id] - logSum),
                text.positions().length == 1 ? text.filled(piece, sentencePiece) : null));
      }
      predictions.add(best);
    }
    return new Line(predictions);
  }

  private static double logSum(float[] logits, int from, int count) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = from; i < from + count; i++) {
      largest = Math.max(largest, logits[i]);
    }
    double sum = 0;
    for (int i = from; i < from + count; i++) {
      sum += Math.exp(logits[i] - largest);
    }
    return largest + Math.log(sum);
  }
}
