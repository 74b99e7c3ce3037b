package albert.reports.summary;

import albert.evaluation.stats.Comparison;
import albert.evaluation.stats.ItemBootstrap;
import albert.evaluation.stats.McNemarTest;
import java.util.Optional;

/**
 * Where a variant stands by one metric.
 *
 * @param comparison with its baseline, by seeds; empty for a baseline and where a side has no score
 * @param items with its baseline, by seeds and examples; empty without predictions of both
 * @param models of one seed on each side, by the examples that one alone has right; empty for more
 *     seeds, other metrics than accuracy and without predictions
 * @param group letters of the groups of variants that it can't be told apart from, best first
 * @param winner whether it is ahead of every other variant, beyond noise
 */
public record Standing(
    Optional<Comparison> comparison,
    Optional<ItemBootstrap> items,
    Optional<McNemarTest> models,
    String group,
    boolean winner) {
  /** Nothing is known. */
  static final Standing NONE =
      new Standing(Optional.empty(), Optional.empty(), Optional.empty(), "", false);
}
