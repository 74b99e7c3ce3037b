package albert.evaluation.stats;

/**
 * The Bayesian reading of a difference: the posterior probabilities that the variant is worse than
 * the baseline by the margin or more, within the margin of it, and better by the margin or more
 * (the region of practical equivalence of Benavoli, Corani, Demšar and Zaffalon, JMLR 18, 2017,
 * section 4). The prior is flat in the means and in the logarithms of the variances; the posterior
 * of the difference is then taken as Student's t around the estimate with the degrees of freedom of
 * the model, so that it agrees with the interval. They add up to 1.
 *
 * @param worse probability
 * @param equal probability
 * @param better probability
 */
public record PracticalReading(double worse, double equal, double better) {

  /**
   * Reads a difference.
   *
   * @param gain positive where the variant is better; defined
   * @param margin positive, in the metric's unit
   */
  public static PracticalReading of(MeanContrast gain, double margin) {
    double worse = 1 - gain.pAbove(-margin);
    double better = gain.pAbove(margin);
    return new PracticalReading(worse, Math.max(0, 1 - worse - better), better);
  }
}
