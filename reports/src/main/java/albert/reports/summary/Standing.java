package albert.reports.summary;

import albert.evaluation.stats.Comparison;
import albert.evaluation.stats.FailureRate;
import albert.evaluation.stats.ItemBootstrap;
import albert.evaluation.stats.McNemarTest;
import albert.evaluation.stats.SeedScores;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Where a variant stands by one metric.
 *
 * @param scores by seed, with what speaks against a conclusion from them
 * @param comparison with its baseline, by seeds; empty for a baseline and where a side has no runs
 * @param ofCheckpoints whether that is a comparison of certain checkpoints ({@link Starts})
 * @param evidence with its baseline, by the predictions
 * @param failures of its runs
 * @param undefined runs whose score is undefined
 * @param degenerate its runs that predict the same for all examples
 * @param place among the variants
 */
public record Standing(
    SeedScores scores,
    Optional<Comparison> comparison,
    boolean ofCheckpoints,
    Evidence evidence,
    Failures failures,
    Undefined undefined,
    int degenerate,
    Place place) {

  /** Nothing is known. */
  static final Standing NONE =
      new Standing(
          SeedScores.of(new TreeMap<>()),
          Optional.empty(),
          false,
          Evidence.NONE,
          Failures.NONE,
          Undefined.NONE,
          0,
          Place.NONE);

  /**
   * What predictions for the same examples say.
   *
   * @param items by seeds and examples; empty with fewer than ten seeds and without predictions
   * @param models of one seed on each side, by the examples that one alone has right
   * @param p of either, corrected for the family
   */
  public record Evidence(
      Optional<ItemBootstrap> items, Optional<McNemarTest> models, OptionalDouble p) {
    static final Evidence NONE =
        new Evidence(Optional.empty(), Optional.empty(), OptionalDouble.empty());
  }

  /**
   * Runs that failed.
   *
   * @param rate how many
   * @param p of Fisher's exact test against the baseline's rate, corrected for the family; empty
   *     where neither side has any, and for a baseline
   * @param atChance the mean over the runs with a score and, at the level of chance, those that
   *     failed; empty where none failed or chance is not known
   */
  public record Failures(FailureRate rate, OptionalDouble p, OptionalDouble atChance) {
    static final Failures NONE =
        new Failures(new FailureRate(0, 0), OptionalDouble.empty(), OptionalDouble.empty());
  }

  /**
   * Runs that did not fail but whose score is undefined, such as the correlation of a constant.
   *
   * @param count how many
   * @param runs all that ended
   * @param reasons why, each once
   * @param atChance the mean over the runs with a score and, at the level of chance, these; empty
   *     where there are none or chance is not known
   */
  public record Undefined(int count, int runs, List<String> reasons, OptionalDouble atChance) {
    static final Undefined NONE = new Undefined(0, 0, List.of(), OptionalDouble.empty());

    public Undefined {
      reasons = List.copyOf(reasons);
    }
  }

  /** How many scores are undefined, and why; empty where none is. */
  Optional<String> undefinedWords(ReportRow row, ReportMetric metric) {
    return undefined.count == 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "The %s of %s is undefined in %d of %s (%s): no conclusion is drawn%s.",
                metric.label(),
                row.name(),
                undefined.count,
                Numbers.plural(undefined.runs, "run"),
                String.join("; ", undefined.reasons),
                scores.bySeed().isEmpty() ? "" : " from the others"));
  }

  /**
   * A place among the variants.
   *
   * @param group letters of the groups of variants that it can't be told apart from, best first
   * @param winner whether it is told apart from every other and ahead of them
   */
  public record Place(String group, boolean winner) {
    static final Place NONE = new Place("", false);
  }
}
