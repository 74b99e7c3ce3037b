package albert.datasets.span;

import java.util.List;
import java.util.Optional;

/**
 * What a model answers to one question.
 *
 * @param id of the question
 * @param nBest the best answers, best first, at least one; no two have the same text
 * @param noAnswerScore how much rather there is no answer; unbounded. With independent logits the
 *     score of [CLS] less that of the best answer, or less nothing where the context has none, as
 *     in the published code; with a beam the head's own logit
 */
public record SpanPrediction(String id, List<Candidate> nBest, double noAnswerScore) {

  /** Copies the list. */
  public SpanPrediction {
    nBest = List.copyOf(nBest);
  }

  /**
   * A possible answer.
   *
   * @param text exactly as in the context; empty for no answer
   * @param probability softmax over the n-best list
   * @param startScore logit or log probability
   * @param endScore logit or log probability
   * @param start where in the context the text begins, -1 for no answer
   */
  public record Candidate(
      String text, double probability, double startScore, double endScore, int start) {

    /** No answer. */
    static Candidate none(double probability, double startScore, double endScore) {
      return new Candidate("", probability, startScore, endScore, -1);
    }

    /** Where the text ends in the context, exclusive; -1 for no answer. */
    public int end() {
      return start < 0 ? -1 : start + text.length();
    }
  }

  /**
   * The only answer that comes into question.
   *
   * @param text of the example's context; empty for no answer
   */
  public static SpanPrediction certain(SpanExample example, String text) {
    if (text.isEmpty()) {
      return new SpanPrediction(
          example.id(), List.of(Candidate.none(1, 0, 0)), Double.POSITIVE_INFINITY);
    }
    int start = example.context().indexOf(text);
    return new SpanPrediction(
        example.id(), List.of(new Candidate(text, 1, 0, 0, start)), Double.NEGATIVE_INFINITY);
  }

  /** The best answer that is one; empty if there is none. */
  public String bestAnswer() {
    return best().map(Candidate::text).orElse("");
  }

  /** The best candidate that is an answer, if there is one. */
  public Optional<Candidate> best() {
    return nBest.stream().filter(candidate -> !candidate.text().isEmpty()).findFirst();
  }

  /**
   * The answer for data that has questions without one.
   *
   * @param threshold above which no answer is given, as the official script's {@code
   *     --na-prob-thresh}; positive infinity always answers
   */
  public String answer(double threshold) {
    return noAnswerScore > threshold ? "" : bestAnswer();
  }
}
