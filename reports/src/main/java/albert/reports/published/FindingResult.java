package albert.reports.published;

import albert.evaluation.stats.Comparison;
import albert.evaluation.stats.Interval;
import albert.reports.summary.Numbers;
import albert.reports.summary.ReportMetric;
import albert.reports.summary.ReportModel;
import albert.reports.summary.ReportRow;
import albert.reports.summary.SeedKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What our runs say of a finding of the paper.
 *
 * @param finding the finding
 * @param verdict what follows from the pairs
 * @param evidence a sentence a pair
 */
public record FindingResult(Finding finding, Verdict verdict, List<String> evidence) {
  /**
   * How far apart scores may be that count as the same, on a scale whose best is 1: the spread of
   * the paper's averages over E with all layers shared (Table 3).
   */
  public static final double MARGIN = 0.011;

  /** More variants than this have too many pairs to be looked at. */
  private static final int MOST_VARIANTS = 64;

  public FindingResult {
    evidence = List.copyOf(evidence);
  }

  /** What our runs say. */
  public enum Verdict {
    /** They show the same. */
    AGREE("agree"),
    /** They show the contrary. */
    DISAGREE("disagree"),
    /** Some pairs show the same, others the contrary. */
    MIXED("are divided"),
    /** The differences are not distinguishable from none, or not from such as would matter. */
    CANNOT_TELL("cannot tell");

    private final String words;

    Verdict(String words) {
      this.words = words;
    }

    /** As part of a sentence that begins with "our runs". */
    public String words() {
      return words;
    }
  }

  /** The findings that a report has pairs of variants for. */
  public static List<FindingResult> of(ReportModel model) {
    List<FindingResult> results = new ArrayList<>();
    List<ReportRow> variants = model.variants();
    if (variants.size() > MOST_VARIANTS) {
      return results;
    }
    for (Finding finding : Finding.values()) {
      List<Finding.Pair> pairs = new ArrayList<>();
      for (ReportRow a : variants) {
        for (ReportRow b : variants) {
          finding.pair(a, b).ifPresent(pairs::add);
        }
      }
      List<Judged> judged = judge(model, finding, pairs);
      if (!judged.isEmpty()) {
        results.add(
            new FindingResult(
                finding,
                verdict(judged.stream().map(Judged::verdict).toList()),
                judged.stream().map(Judged::sentence).toList()));
      }
    }
    return results;
  }

  private record Judged(Verdict verdict, String sentence) {}

  private static List<Judged> judge(ReportModel model, Finding finding, List<Finding.Pair> pairs) {
    List<Comparison.Sides<SeedKey>> sides = new ArrayList<>();
    List<ReportMetric> metrics = new ArrayList<>();
    List<Finding.Pair> compared = new ArrayList<>();
    for (ReportMetric metric : model.primaryMetrics()) {
      for (Finding.Pair pair : pairs) {
        if (pair.better().score(metric).isPresent() && pair.worse().score(metric).isPresent()) {
          sides.add(
              new Comparison.Sides<>(pair.better().bySeed(metric), pair.worse().bySeed(metric)));
          metrics.add(metric);
          compared.add(pair);
        }
      }
    }
    List<Comparison> family = Comparison.family(sides);
    List<Judged> judged = new ArrayList<>();
    for (int i = 0; i < family.size(); i++) {
      Verdict verdict =
          finding.claimsEquality()
              ? equality(family.get(i), metrics.get(i))
              : direction(family.get(i), metrics.get(i));
      judged.add(new Judged(verdict, sentence(compared.get(i), metrics.get(i), family.get(i))));
    }
    return judged;
  }

  private static Verdict direction(Comparison comparison, ReportMetric metric) {
    Comparison.Verdict better =
        metric.lowerIsBetter() ? Comparison.Verdict.LOWER : Comparison.Verdict.HIGHER;
    return switch (comparison.verdict()) {
      case HIGHER, LOWER -> comparison.verdict() == better ? Verdict.AGREE : Verdict.DISAGREE;
      case NOT_DISTINGUISHABLE, TOO_FEW_SEEDS, UNKNOWN -> Verdict.CANNOT_TELL;
    };
  }

  private static Verdict equality(Comparison comparison, ReportMetric metric) {
    double margin = MARGIN * metric.scale();
    Interval interval = comparison.test().map(test -> test.interval()).orElse(Interval.UNDEFINED);
    if (interval.defined() && interval.low() >= -margin && interval.high() <= margin) {
      return Verdict.AGREE;
    }
    boolean apart =
        comparison.verdict() == Comparison.Verdict.HIGHER
            || comparison.verdict() == Comparison.Verdict.LOWER;
    return apart && Math.abs(comparison.noise().difference().orElse(0)) > margin
        ? Verdict.DISAGREE
        : Verdict.CANNOT_TELL;
  }

  private static Verdict verdict(List<Verdict> pairs) {
    boolean agree = pairs.contains(Verdict.AGREE);
    boolean disagree = pairs.contains(Verdict.DISAGREE);
    if (agree && disagree) {
      return Verdict.MIXED;
    }
    if (disagree) {
      return Verdict.DISAGREE;
    }
    return agree ? Verdict.AGREE : Verdict.CANNOT_TELL;
  }

  private static String sentence(Finding.Pair pair, ReportMetric metric, Comparison comparison) {
    double difference = comparison.noise().difference().orElse(0);
    String p =
        comparison.adjustedP().isPresent()
            ? String.format(
                Locale.ROOT, ", p %s", Numbers.probability(comparison.adjustedP().getAsDouble()))
            : "";
    return String.format(
        Locale.ROOT,
        "%s against %s: %s %s (%s%s)",
        pair.better().name(),
        pair.worse().name(),
        metric.label(),
        Numbers.signed(difference, metric.decimals()),
        Numbers.verdict(comparison.verdict()),
        p);
  }
}
