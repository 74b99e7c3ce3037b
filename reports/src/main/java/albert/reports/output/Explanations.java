package albert.reports.output;

/** Words that every format of a report explains its figures with. */
final class Explanations {
  static final String NOISE =
      "Scores are mean ± standard deviation over seeds. Within noise: the difference from the"
          + " baseline is at most 2·√(s₁²/n₁ + s₂²/n₂), so it can't be told from chance. Failed runs"
          + " are counted and are in no mean. Parameters are those of encoder and pooler.";

  private Explanations() {}
}
