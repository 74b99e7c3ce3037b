package albert.datasets.span;

/** What a model says of one window; what for is up to {@link AnswerSelection}. */
public sealed interface SpanOutput {

  /** Whether no score is infinite or not a number. */
  boolean isFinite();

  /** Whether none of some scores is infinite or not a number. */
  private static boolean areFinite(float[] scores) {
    for (float score : scores) {
      if (!Float.isFinite(score)) {
        return false;
      }
    }
    return true;
  }

  /**
   * A head whose start and end do not know of each other, as BERT's (and ALBERT's for v1.1).
   *
   * @param start float32 [at least the window's length]: logits of where the answer begins
   * @param end float32 [at least the window's length]: logits of where it ends
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, not changed
  record Logits(float[] start, float[] end) implements SpanOutput {
    @Override
    public boolean isFinite() {
      return areFinite(start) && areFinite(end);
    }
  }

  /**
   * ALBERT's head for v2.0, whose ends are conditioned on each of the best starts.
   *
   * @param startLogProbs float32 [start_n_top]
   * @param startIndex int32 [start_n_top]: their positions
   * @param endLogProbs float32 [start_n_top * end_n_top], the ends of the first start first
   * @param endIndex int32 [start_n_top * end_n_top]: their positions
   * @param noAnswer the logit of there being no answer
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, not changed
  record Beam(
      float[] startLogProbs, int[] startIndex, float[] endLogProbs, int[] endIndex, float noAnswer)
      implements SpanOutput {
    @Override
    public boolean isFinite() {
      return areFinite(startLogProbs) && areFinite(endLogProbs) && Float.isFinite(noAnswer);
    }
  }
}
