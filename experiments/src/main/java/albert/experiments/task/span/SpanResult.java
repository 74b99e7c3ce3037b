package albert.experiments.task.span;

import albert.datasets.span.SpanPrediction;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a question. Places count code points, as SQuAD's {@code answer_start}.
 *
 * @param answer exactly as in the text; empty for no answer
 * @param start where it begins in the text; null for no answer
 * @param end where it ends, exclusive; null for no answer
 * @param score its probability among the best answers; of no answer by ALBERT's head, that of its
 *     own logit
 * @param noAnswerScore how much rather there is no answer, unbounded and finite
 * @param nBest the best answers
 */
record SpanResult(
    String answer,
    @Nullable Integer start,
    @Nullable Integer end,
    double score,
    double noAnswerScore,
    List<Entry> nBest) {

  /** Copies the list. */
  SpanResult {
    nBest = List.copyOf(nBest);
  }

  /**
   * One of the best answers.
   *
   * @param text exactly as in the text; empty for no answer
   * @param start where it begins in the text; null for no answer
   * @param end where it ends, exclusive; null for no answer
   * @param probability among the best
   */
  record Entry(String text, @Nullable Integer start, @Nullable Integer end, double probability) {

    static Entry of(String context, SpanPrediction.Candidate candidate) {
      return candidate.start() < 0
          ? new Entry(candidate.text(), null, null, candidate.probability())
          : new Entry(
              candidate.text(),
              context.codePointCount(0, candidate.start()),
              context.codePointCount(0, candidate.end()),
              candidate.probability());
    }
  }

  /**
   * What is said of a text.
   *
   * @param threshold above which no answer is given
   */
  static SpanResult of(String context, SpanPrediction prediction, double threshold) {
    List<Entry> entries =
        prediction.nBest().stream().map(candidate -> Entry.of(context, candidate)).toList();
    double noAnswer = prediction.noAnswerScore();
    String answer = prediction.answer(threshold);
    Optional<Entry> given = entries.stream().filter(e -> e.text().equals(answer)).findFirst();
    return given
        .map(e -> new SpanResult(answer, e.start(), e.end(), e.probability(), noAnswer, entries))
        .orElseGet(
            () ->
                new SpanResult(
                    answer, null, null, 1 / (1 + Math.exp(-noAnswer)), noAnswer, entries));
  }
}
