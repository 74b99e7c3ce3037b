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

  /** The table of {@code docs/reports.md}. */
  static List<String> table(int studies) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "| seeds | comparisons | spread | seeds correlate | verdict | letters | bold | margin |"
            + " headline, all equal | headline, half worse | coverage | simultaneous | power |");
    lines.add("|---:|---:|---|---|" + "---:|".repeat(9));
    for (int seeds : new int[] {2, 3, 5, 10}) {
      for (int comparisons : new int[] {1, 3, 10}) {
        for (boolean even : new boolean[] {true, false}) {
          lines.add(line(studies, seeds, comparisons, even, 0, false));
          lines.add(line(studies, seeds, comparisons, even, 0.5, false));
          lines.add(line(studies, seeds, comparisons, even, 0.5, true));
        }
      }
    }
    return lines;
  }

  private static String line(
      int studies, int seeds, int comparisons, boolean even, double correlation, boolean paired) {
    List<Double> spread = deviations(comparisons, even);
    Rates none =
        of(new SimulatedStudy(seeds, equal(comparisons), spread, correlation, paired), studies);
    Rates half =
        of(new SimulatedStudy(seeds, halfWorse(comparisons), spread, correlation, paired), studies);
    return String.format(
        Locale.ROOT,
        "| %d | %d | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |",
        seeds,
        comparisons,
        even ? "equal" : "unequal",
        correlation == 0 ? "no" : paired ? "yes, paired" : "yes",
        percent(none.verdict),
        percent(none.letters),
        percent(none.bold),
        percent(half.recommended),
        percent(none.headline),
        percent(half.headline),
        seeds < Analysis.FEWEST_SEEDS ? "–" : percent(none.covered),
        seeds < Analysis.FEWEST_SEEDS ? "–" : percent(none.allCovered),
        power(studies, seeds, comparisons, even, correlation, paired));
  }

  /** The share that finds what the dry run promises to find in 80 %; where its assumptions hold. */
  private static String power(
      int studies, int seeds, int comparisons, boolean even, double correlation, boolean paired) {
    if (seeds < Analysis.FEWEST_SEEDS || !even || correlation > 0) {
      return "–";
    }
    List<Double> truths = new ArrayList<>(equal(comparisons));
    Analysis analysis = new Analysis(Analysis.DEFAULT.alpha(), paired);
    truths.set(0, -SimulatedStudy.SD * Power.resolvable(seeds, comparisons, analysis));
    return percent(
        of(
                new SimulatedStudy(
                    seeds, truths, deviations(comparisons, true), correlation, paired),
                4 * studies)
            .found);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f", 100 * share);
  }
}
