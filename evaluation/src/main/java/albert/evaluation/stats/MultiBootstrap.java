package albert.evaluation.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Two-level bootstrap over seeds and items, as in the MultiBERTs paper (arXiv 2106.16163, section
 * 4) and its {@code multibootstrap.py}: a replicate draws seeds and items with replacement and
 * takes the mean over the seeds of the metric on the items. Both sides see the same items, and in
 * the paired design the same seeds.
 *
 * @param base mean score of the base side
 * @param experiment mean score of the experiment
 * @param delta experiment minus base
 * @param p share of the replicates whose delta is at most 0, but at least 1/replicates; NaN if a
 *     replicate is undefined
 */
public record MultiBootstrap(Estimate base, Estimate experiment, Estimate delta, double p) {
  private static final double LEVEL = 0.95;

  public MultiBootstrap {
    if (base.replicates().size() != experiment.replicates().size()) {
      throw new IllegalArgumentException("the sides have different numbers of replicates");
    }
  }

  /** The metric of one seed's predictions on some items. */
  @FunctionalInterface
  public interface SeedScore {
    /**
     * The metric, or NaN if it is undefined.
     *
     * @param seed index of the seed, in sorted order
     * @param items indices of the items, repeated as drawn
     */
    double of(int seed, int[] items);
  }

  /**
   * Indices of one replicate; owned by the draw.
   *
   * @param baseSeeds seeds of the base side
   * @param experimentSeeds seeds of the experiment; where paired, the same
   * @param items items of both sides
   */
  @SuppressWarnings("ArrayRecordComponent") // short-lived, never compared
  public record Draw(int[] baseSeeds, int[] experimentSeeds, int[] items) {}

  /**
   * What is drawn.
   *
   * @param pairedSeeds whether seed i of both sides belongs together
   * @param sampleSeeds whether seeds are drawn, or each taken once
   * @param sampleItems whether items are drawn, or each taken once
   */
  public record Design(boolean pairedSeeds, boolean sampleSeeds, boolean sampleItems) {
    /**
     * Draws a replicate.
     *
     * @param baseSeeds number of seeds of the base side
     * @param experimentSeeds number of seeds of the experiment
     * @param items number of items
     */
    public Draw draw(RandomGenerator random, int baseSeeds, int experimentSeeds, int items) {
      if (pairedSeeds && baseSeeds != experimentSeeds) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "paired seeds are %d and %d", baseSeeds, experimentSeeds));
      }
      int[] base = indices(random, baseSeeds, sampleSeeds);
      int[] experiment = pairedSeeds ? base : indices(random, experimentSeeds, sampleSeeds);
      return new Draw(base, experiment, indices(random, items, sampleItems));
    }

    private static int[] indices(RandomGenerator random, int n, boolean sampled) {
      return IntStream.range(0, n).map(i -> sampled ? random.nextInt(n) : i).toArray();
    }
  }

  /**
   * A figure over all replicates.
   *
   * @param replicates a figure a replicate
   * @param mean their mean
   * @param interval their 2.5 % and 97.5 % quantiles
   */
  public record Estimate(List<Double> replicates, double mean, Interval interval) {
    static Estimate of(double[] replicates) {
      return new Estimate(
          Arrays.stream(replicates).boxed().toList(),
          Arrays.stream(replicates).average().orElse(Double.NaN),
          Interval.percentiles(replicates, LEVEL));
    }
  }

  /**
   * Scores both sides on every draw.
   *
   * @throws IllegalArgumentException if there is no draw
   */
  public static MultiBootstrap of(SeedScore base, SeedScore experiment, List<Draw> draws) {
    if (draws.isEmpty()) {
      throw new IllegalArgumentException("no draws, at least one is needed");
    }
    double[] baseMeans = new double[draws.size()];
    double[] experimentMeans = new double[draws.size()];
    double[] deltas = new double[draws.size()];
    int notAbove = 0;
    for (int i = 0; i < deltas.length; i++) {
      Draw draw = draws.get(i);
      baseMeans[i] = mean(base, draw.baseSeeds(), draw.items());
      experimentMeans[i] = mean(experiment, draw.experimentSeeds(), draw.items());
      deltas[i] = experimentMeans[i] - baseMeans[i];
      notAbove += deltas[i] <= 0 ? 1 : 0;
    }
    boolean undefined = Arrays.stream(deltas).anyMatch(Double::isNaN);
    return new MultiBootstrap(
        Estimate.of(baseMeans),
        Estimate.of(experimentMeans),
        Estimate.of(deltas),
        undefined ? Double.NaN : Math.max(notAbove, 1) / (double) deltas.length);
  }

  /** Draws of a design, as many as there are to be replicates. */
  public static List<Draw> draws(
      Design design,
      int baseSeeds,
      int experimentSeeds,
      int items,
      int replicates,
      RandomGenerator random) {
    List<Draw> draws = new ArrayList<>(replicates);
    for (int i = 0; i < replicates; i++) {
      draws.add(design.draw(random, baseSeeds, experimentSeeds, items));
    }
    return draws;
  }

  /** Added up in order, as numpy does for a few seeds: ties of both sides round as there. */
  private static double mean(SeedScore score, int[] seeds, int[] items) {
    double sum = 0;
    for (int seed : seeds) {
      sum += score.of(seed, items);
    }
    return sum / seeds.length;
  }
}
