package albert.datasets.span;

/**
 * A gold answer.
 *
 * @param text as the data set has it, which is what scores compare with
 * @param start where it begins in the context, or -1 if the context does not have it
 */
public record SpanAnswer(String text, int start) {

  /** Whether its place is known. */
  public boolean isLocated() {
    return start >= 0;
  }

  /** Where it ends in the context, exclusive. */
  public int end() {
    return start + text.length();
  }
}
