package albert.evaluation.stats;

import albert.evaluation.stats.MultiBootstrap.Design;
import albert.evaluation.stats.MultiBootstrap.SeedScore;
import java.util.SplittableRandom;

/**
 * A variant against its baseline by their predictions for the same examples, with the chance of the
 * seeds and of the examples in one ({@link MultiBootstrap}, paired).
 *
 * @param seeds pairs of seeds
 * @param items examples
 * @param difference mean of the replicates
 * @param interval their 2.5 % and 97.5 % quantiles
 * @param p two-sided: twice the smaller share of replicates on one side of 0, at least
 *     2/replicates; NaN if a replicate is undefined
 */
public record ItemBootstrap(int seeds, int items, double difference, Interval interval, double p) {
  /**
   * With fewer seeds the interval of nominally 95 % covers too little: 74 to 89 % of the time at 2
   * to 5 seeds.
   */
  public static final int FEWEST_SEEDS = 10;

  /** Replicates that are drawn. */
  public static final int REPLICATES = 1_000;

  /** Of the draws: the same for every comparison, so that a report says the same twice. */
  private static final long SEED = 20_210_616;

  /**
   * Draws and scores.
   *
   * @param variant scores of its seeds
   * @param baseline scores of the same seeds
   * @param seeds number of pairs, 1 and more; with one the seeds' chance is not in the result
   * @param items number of examples, 1 and more
   */
  public static ItemBootstrap of(SeedScore variant, SeedScore baseline, int seeds, int items) {
    MultiBootstrap result =
        MultiBootstrap.of(
            baseline,
            variant,
            MultiBootstrap.draws(
                new Design(true, seeds > 1, true),
                seeds,
                seeds,
                items,
                REPLICATES,
                new SplittableRandom(SEED)));
    long above = result.delta().replicates().stream().filter(d -> d >= 0).count();
    long below = result.delta().replicates().stream().filter(d -> d <= 0).count();
    double share = Math.max(1, Math.min(above, below)) / (double) REPLICATES;
    return new ItemBootstrap(
        seeds,
        items,
        result.delta().mean(),
        result.delta().interval(),
        Double.isNaN(result.p()) ? Double.NaN : Math.min(1, 2 * share));
  }
}
