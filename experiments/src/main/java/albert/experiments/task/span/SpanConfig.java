package albert.experiments.task.span;

import static albert.model.config.Range.between;

import albert.datasets.span.AnswerSelection;
import albert.datasets.span.SpanEncoder;
import albert.model.config.ConfigException;
import albert.model.head.AlbertSpanHead;
import java.util.Locale;

/**
 * How questions are answered by a span of a text. Names and defaults are those of the published
 * code (google-research/albert, {@code run_squad_v1.py} and {@code run_squad_v2.py}).
 *
 * @param spanHead which head; unless given, the one of the model's family
 * @param docStride how many pieces of text a window begins after the last
 * @param maxQueryLength longer questions are cut to so many pieces
 * @param maxAnswerLength most pieces of an answer
 * @param nBestSize answers that are kept of each question
 * @param startNTop starts that ALBERT's head follows
 * @param endNTop ends of each of them
 * @param nullScoreDiffThreshold where the score of no answer is above it, none is given; for data
 *     that has questions without one
 */
public record SpanConfig(
    SpanHeadKind spanHead,
    int docStride,
    int maxQueryLength,
    int maxAnswerLength,
    int nBestSize,
    int startNTop,
    int endNTop,
    double nullScoreDiffThreshold) {

  /** The defaults. */
  public static final SpanConfig DEFAULT =
      new SpanConfig(
          SpanHeadKind.ALBERT,
          SpanEncoder.DEFAULT_DOC_STRIDE,
          SpanEncoder.DEFAULT_MAX_QUERY_LENGTH,
          AnswerSelection.DEFAULT_MAX_ANSWER_LENGTH,
          AnswerSelection.DEFAULT_N_BEST,
          AlbertSpanHead.DEFAULT_N_TOP,
          AlbertSpanHead.DEFAULT_N_TOP,
          0);

  private static final int MANY = 100_000;

  /** [CLS], two [SEP] and one piece of text. */
  private static final int FEWEST_OTHERS = 4;

  /**
   * Checks every key.
   *
   * @throws ConfigException naming the key, the value found and what is allowed
   */
  public SpanConfig {
    between("doc_stride", docStride, 1, MANY);
    between("max_query_length", maxQueryLength, 1, MANY);
    between("max_answer_length", maxAnswerLength, 1, MANY);
    between("n_best_size", nBestSize, 1, 1000);
    between("start_n_top", startNTop, 1, 1000);
    between("end_n_top", endNTop, 1, 1000);
  }

  /** The same with another head. */
  SpanConfig with(SpanHeadKind head) {
    return new SpanConfig(
        head,
        docStride,
        maxQueryLength,
        maxAnswerLength,
        nBestSize,
        startNTop,
        endNTop,
        nullScoreDiffThreshold);
  }

  /**
   * Checks that a window has room for a question and some text.
   *
   * @throws ConfigException if not
   */
  public void checkLength(int maxSeqLength) {
    if (maxSeqLength < maxQueryLength + FEWEST_OTHERS) {
      throw new ConfigException(
          "max_seq_length",
          String.format(
              Locale.ROOT,
              "max_seq_length is %d, at least %d are needed with max_query_length %d",
              maxSeqLength,
              maxQueryLength + FEWEST_OTHERS,
              maxQueryLength));
    }
  }
}
