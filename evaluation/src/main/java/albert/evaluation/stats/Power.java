package albert.evaluation.stats;

import albert.evaluation.Require;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * What a study can find with a chance of 80 % ({@value #POWER}), found by simulating the rule that
 * its report will judge by ({@link Comparison}): normal scores of equal spread, one variant that
 * differs and others that do not.
 */
public final class Power {
  /** The chance of finding a difference that is there. */
  public static final double POWER = 0.8;

  /** Studies that are simulated. Their standard error of a power of 80 % is 0.6 points. */
  static final int STUDIES = 4_000;

  private static final long SEED = 20_061_027;

  /** A difference that can't be found even with one seed's spread a hundredth of it. */
  private static final double LARGEST = 100;

  private static final double PRECISION = 0.005;

  /**
   * Of more other comparisons the steps of the correction hardly differ: those beyond are taken as
   * not found, which is what they are in nearly all studies.
   */
  private static final int MOST_OTHERS = 20;

  private static final Map<Design, Double> KNOWN = new ConcurrentHashMap<>();

  private Power() {}

  private record Design(int seeds, int comparisons, Analysis analysis) {}

  /**
   * The least difference of a variant from its baseline that is found, in standard deviations of a
   * variant's scores over its seeds. Where seeds are paired, that is for scores that do not
   * correlate; it falls with the root of 1 - correlation.
   *
   * @param seeds of each variant
   * @param comparisons in the family, 1 and more
   * @return infinite if there are too few seeds for any conclusion
   */
  public static double resolvable(int seeds, int comparisons, Analysis analysis) {
    Require.atLeast("comparisons", comparisons, 1);
    return seeds < Analysis.FEWEST_SEEDS
        ? Double.POSITIVE_INFINITY
        : KNOWN.computeIfAbsent(new Design(seeds, comparisons, analysis), Power::search);
  }

  /** By halving: the same studies for every difference, so that the power only rises. */
  private static double search(Design design) {
    Simulated studies = Simulated.of(design);
    double low = 0;
    double high = 1;
    while (studies.power(high) < POWER && high < LARGEST) {
      low = high;
      high *= 2;
    }
    while (high - low > PRECISION) {
      double middle = (low + high) / 2;
      if (studies.power(middle) < POWER) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /**
   * Studies that were drawn.
   *
   * @param design of each
   * @param own the difference of the first comparison's variant as drawn, whose true one is 0
   * @param others ascending p of the other comparisons of each study
   */
  private record Simulated(Design design, List<MeanContrast> own, List<double[]> others) {

    static Simulated of(Design design) {
      SplittableRandom random = new SplittableRandom(SEED);
      MeanContrast[] own = new MeanContrast[STUDIES];
      double[][] others = new double[STUDIES][Math.min(design.comparisons - 1, MOST_OTHERS)];
      for (int study = 0; study < STUDIES; study++) {
        double[] baseline = scores(random, design.seeds);
        own[study] = contrast(scores(random, design.seeds), baseline, design.analysis);
        for (int i = 0; i < others[study].length; i++) {
          others[study][i] = contrast(scores(random, design.seeds), baseline, design.analysis).p();
        }
        Arrays.sort(others[study]);
      }
      return new Simulated(design, List.of(own), List.of(others));
    }

    private static double[] scores(SplittableRandom random, int seeds) {
      return random.doubles(seeds).map(Power::deviate).toArray();
    }

    private static MeanContrast contrast(double[] variant, double[] baseline, Analysis analysis) {
      return analysis.paired()
          ? MeanContrast.of(MeanEstimate.of(Samples.differences(variant, baseline)))
          : MeanContrast.difference(MeanEstimate.of(variant), MeanEstimate.of(baseline));
    }

    double power(double difference) {
      int found = 0;
      for (int study = 0; study < STUDIES; study++) {
        MeanContrast drawn = own.get(study);
        double p =
            new MeanContrast(drawn.estimate() + difference, drawn.standardError(), drawn.df()).p();
        found += isFound(p, others.get(study)) ? 1 : 0;
      }
      return (double) found / STUDIES;
    }

    /** Holm's steps, until the own p is reached. */
    private boolean isFound(double p, double[] ascending) {
      int left = design.comparisons;
      for (double other : ascending) {
        if (other >= p) {
          break;
        }
        if (other * left > design.analysis.alpha()) {
          return false;
        }
        left--;
      }
      return p * left <= design.analysis.alpha();
    }
  }

  private static double deviate(double uniform) {
    return NormalDistribution.of(0, 1).inverseCumulativeProbability(uniform);
  }

  /**
   * {@link #resolvable} in a sentence, for who is about to run a study.
   *
   * @param seeds of each variant
   * @param comparisons in the family, 1 and more
   */
  public static String sentence(int seeds, int comparisons, Analysis analysis) {
    double deviations = resolvable(seeds, comparisons, analysis);
    String studied =
        String.format(
            Locale.ROOT,
            "%d seed%s in %d comparison%s",
            seeds,
            seeds == 1 ? "" : "s",
            comparisons,
            comparisons == 1 ? "" : "s");
    return Double.isInfinite(deviations)
        ? String.format(
            Locale.ROOT,
            "%s support no conclusion: at least %d seeds are needed",
            studied,
            Analysis.FEWEST_SEEDS)
        : String.format(
            Locale.ROOT,
            "%s find a difference of %.1f standard deviations of a variant's seeds with 80 %% power",
            studied,
            deviations);
  }

  /**
   * The least difference of two accuracies that a test set can resolve, by the examples on which
   * two models disagree in being right (McNemar).
   *
   * @param items number of examples
   * @param discordant share of the examples that exactly one of them has right, 0 to 1
   * @param comparisons in the family, 1 and more
   */
  public static double resolvableAccuracy(
      long items, double discordant, int comparisons, Analysis analysis) {
    Require.atLeast("comparisons", comparisons, 1);
    Require.atLeast("items", items, 1);
    if (!(discordant > 0 && discordant <= 1)) {
      throw new IllegalArgumentException(
          "discordant is " + discordant + ", allowed are above 0 to 1");
    }
    NormalDistribution normal = NormalDistribution.of(0, 1);
    double quantiles =
        normal.inverseSurvivalProbability(analysis.alpha() / comparisons / 2)
            + normal.inverseCumulativeProbability(POWER);
    return Math.min(1, quantiles * Math.sqrt(discordant / items));
  }
}
