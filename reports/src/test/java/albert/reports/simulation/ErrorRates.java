package albert.reports.simulation;

import albert.evaluation.stats.Analysis;
import albert.evaluation.stats.Comparison;
import albert.evaluation.stats.Interval;
import albert.evaluation.stats.Power;
import albert.reports.summary.ReportMetric;
import albert.reports.summary.ReportModel;
import albert.reports.summary.ReportRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * How often the rules of a report claim what is not so, counted over studies whose truth is known.
 * {@link ErrorRatesTest} makes the table of {@code docs/reports.md} with it.
 */
final class ErrorRates {
  private static final long SEED = 20_261_129;

  private ErrorRates() {}

  /**
   * What came of the studies of a kind, as shares of them.
   *
   * @param verdict with a false verdict on a variant and its baseline
   * @param letters that tell equal variants apart
   * @param bold with a winner that is none
   * @param recommended that recommend a variant which is worse by the margin
   * @param headline with any false claim in the answer: a verdict or a recommendation
   * @param covered the share of intervals that hold the true difference
   * @param allCovered of studies whose simultaneous intervals all do
   * @param found of studies that find the first variant's difference
   */
  record Rates(
      double verdict,
      double letters,
      double bold,
      double recommended,
      double headline,
      double covered,
      double allCovered,
      double found) {}

  /** Counts over some studies. */
  static Rates of(SimulatedStudy study, int studies) {
    SplittableRandom random = new SplittableRandom(SEED);
    double[] counts = new double[8];
    for (int i = 0; i < studies; i++) {
      Claims claims = Claims.of(study, study.report(random));
      counts[0] += claims.verdict ? 1 : 0;
      counts[1] += claims.letters ? 1 : 0;
      counts[2] += claims.bold ? 1 : 0;
      counts[3] += claims.recommended ? 1 : 0;
      counts[4] += claims.verdict || claims.recommended ? 1 : 0;
      counts[5] += claims.covered;
      counts[6] += claims.allCovered ? 1 : 0;
      counts[7] += claims.found ? 1 : 0;
    }
    for (int i = 0; i < counts.length; i++) {
      counts[i] /= studies;
    }
    return new Rates(
        counts[0], counts[1], counts[2], counts[3], counts[4], counts[5], counts[6], counts[7]);
  }

  /** What is false, and what is so, in one report. */
  private record Claims(
      boolean verdict,
      boolean letters,
      boolean bold,
      boolean recommended,
      double covered,
      boolean allCovered,
      boolean found) {

    static Claims of(SimulatedStudy study, ReportModel model) {
      ReportMetric metric = model.metrics().get(0);
      boolean verdict = false;
      boolean allCovered = true;
      double covered = 0;
      for (int i = 0; i < study.truths().size(); i++) {
        double truth = study.truths().get(i);
        Comparison comparison = model.comparison(row(model, i + 1), metric).orElseThrow();
        verdict |= isFalse(comparison.verdict(), truth);
        covered += holds(comparison.interval(), truth) ? 1.0 / study.truths().size() : 0;
        allCovered &= holds(comparison.simultaneous(), truth);
      }
      boolean recommended =
          model
              .recommended(metric)
              .map(row -> study.truths().get(variant(row) - 1) <= -SimulatedStudy.MARGIN)
              .orElse(false);
      return new Claims(
          verdict,
          letters(study, model, metric),
          bold(study, model, metric),
          recommended,
          covered,
          allCovered,
          model.comparison(row(model, 1), metric).orElseThrow().verdict().isDifference());
    }

    private static boolean isFalse(Comparison.Verdict verdict, double truth) {
      return (verdict == Comparison.Verdict.HIGHER && truth <= 0)
          || (verdict == Comparison.Verdict.LOWER && truth >= 0);
    }

    private static boolean holds(Interval interval, double truth) {
      return !interval.defined() || (interval.low() <= truth && truth <= interval.high());
    }

    private static boolean letters(SimulatedStudy study, ReportModel model, ReportMetric metric) {
      for (int i = 0; i <= study.truths().size(); i++) {
        for (int j = i + 1; j <= study.truths().size(); j++) {
          String one = model.standing(row(model, i), metric).place().group();
          String other = model.standing(row(model, j), metric).place().group();
          boolean share = one.chars().anyMatch(letter -> other.indexOf(letter) >= 0);
          if (!share && truth(study, i) == truth(study, j)) {
            return true;
          }
        }
      }
      return false;
    }

    private static boolean bold(SimulatedStudy study, ReportModel model, ReportMetric metric) {
      double best = 0;
      for (double truth : study.truths()) {
        best = Math.max(best, truth);
      }
      int first = 0;
      for (int i = 0; i <= study.truths().size(); i++) {
        first += truth(study, i) == best ? 1 : 0;
      }
      for (int i = 0; i <= study.truths().size(); i++) {
        boolean wins = model.standing(row(model, i), metric).place().winner();
        if (wins && (truth(study, i) < best || first > 1)) {
          return true;
        }
      }
      return false;
    }

    private static double truth(SimulatedStudy study, int variant) {
      return variant == 0 ? 0 : study.truths().get(variant - 1);
    }

    private static int variant(ReportRow row) {
      return SimulatedStudy.size(0) - Integer.parseInt(row.text("embedding_size"));
    }

    private static ReportRow row(ReportModel model, int variant) {
      return model.rows().stream().filter(r -> variant(r) == variant).findFirst().orElseThrow();
    }
  }

  /** Standard deviations of the variants: the baseline's, or once, twice and half of it. */
  static List<Double> deviations(int variants, boolean equal) {
    double[] parts = {1, 2, 0.5};
    List<Double> deviations = new ArrayList<>();
    for (int i = 0; i < variants; i++) {
      deviations.add(SimulatedStudy.SD * (equal ? 1 : parts[i % parts.length]));
    }
    return deviations;
  }

  /** Variants that are all equal to the baseline. */
  static List<Double> equal(int variants) {
    return Collections.nCopies(variants, 0.0);
  }

  /** Variants of which every second is worse by just the margin, the others not at all. */
  static List<Double> halfWorse(int variants) {
    List<Double> truths = new ArrayList<>();
    for (int i = 0; i < variants; i++) {
      truths.add(i % 2 == 0 ? -SimulatedStudy.MARGIN : 0.0);
    }
    return truths;
  }

  /** Spread, correlation of the seeds, and whether they are declared as pairs. */
  private record Condition(boolean even, double correlation, boolean paired) {
    static final List<Condition> ALL =
        List.of(
            new Condition(true, 0, false),
            new Condition(false, 0, false),
            new Condition(true, 0.5, true),
            new Condition(false, 0.5, true),
            new Condition(true, 0.5, false),
            new Condition(false, 0.5, false));

    /** Whether the model of the test is the one that the scores are from. */
    boolean isModelled() {
      return correlation == 0 || paired;
    }
  }

  /**
   * The table of {@code docs/reports.md}: of claims the worst of all conditions, in per cent of the
   * studies.
   */
  static List<String> table(int studies) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "| seeds | comparisons | verdict | letters | bold | margin | headline, all equal | headline,"
            + " half worse | coverage | correlated, not paired | simultaneous | power |");
    lines.add("|---:|---:|" + "---:|".repeat(10));
    for (int seeds : new int[] {2, 3, 5, 10}) {
      for (int comparisons : new int[] {1, 3, 10}) {
        lines.add(line(studies, seeds, comparisons));
      }
    }
    return lines;
  }

  /** The table of what a study can find, in standard deviations. */
  static List<String> power() {
    List<String> lines = new ArrayList<>();
    lines.add("| seeds | 1 comparison | 3 | 7 |");
    lines.add("|---:|---:|---:|---:|");
    for (int seeds : new int[] {2, 3, 5, 10, 20}) {
      StringBuilder line = new StringBuilder("| " + seeds + " |");
      for (int comparisons : new int[] {1, 3, 7}) {
        double found = Power.resolvable(seeds, comparisons, Analysis.DEFAULT);
        line.append(
            Double.isInfinite(found) ? " – |" : String.format(Locale.ROOT, " %.1f |", found));
      }
      lines.add(line.toString());
    }
    return lines;
  }

  private static String line(int studies, int seeds, int comparisons) {
    List<Rates> none = new ArrayList<>();
    List<Rates> half = new ArrayList<>();
    List<Rates> modelled = new ArrayList<>();
    List<Rates> others = new ArrayList<>();
    for (Condition condition : Condition.ALL) {
      Rates equal = of(study(seeds, equal(comparisons), condition), studies);
      none.add(equal);
      half.add(of(study(seeds, halfWorse(comparisons), condition), studies));
      (condition.isModelled() ? modelled : others).add(equal);
    }
    boolean judged = seeds >= Analysis.FEWEST_SEEDS;
    return String.join(
            " | ",
            "| " + seeds,
            Integer.toString(comparisons),
            worst(none, Rates::verdict),
            worst(none, Rates::letters),
            worst(none, Rates::bold),
            worst(half, Rates::recommended),
            worst(none, Rates::headline),
            worst(half, Rates::headline),
            judged ? range(modelled, Rates::covered) : "–",
            judged ? range(others, Rates::covered) : "–",
            judged ? range(modelled, Rates::allCovered) : "–",
            judged ? power(studies, seeds, comparisons) : "–")
        + " |";
  }

  private static SimulatedStudy study(int seeds, List<Double> truths, Condition condition) {
    return new SimulatedStudy(
        seeds,
        truths,
        deviations(truths.size(), condition.even),
        condition.correlation,
        condition.paired);
  }

  private static String worst(List<Rates> rates, ToDoubleFunction<Rates> part) {
    return percent(rates.stream().mapToDouble(part).max().orElseThrow());
  }

  private static String range(List<Rates> rates, ToDoubleFunction<Rates> part) {
    return percent(rates.stream().mapToDouble(part).min().orElseThrow())
        + " to "
        + percent(rates.stream().mapToDouble(part).max().orElseThrow());
  }

  /** The share that finds what the dry run promises to find in 80 %. */
  private static String power(int studies, int seeds, int comparisons) {
    List<Double> truths = new ArrayList<>(equal(comparisons));
    truths.set(0, -SimulatedStudy.SD * Power.resolvable(seeds, comparisons, Analysis.DEFAULT));
    return percent(of(study(seeds, truths, Condition.ALL.get(0)), 4 * studies).found);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f", 100 * share);
  }
}
