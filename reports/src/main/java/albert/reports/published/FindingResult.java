package albert.reports.published;

import albert.evaluation.record.RunRecord;
import albert.evaluation.stats.Comparison;
import albert.evaluation.stats.Interval;
import albert.reports.summary.Numbers;
import albert.reports.summary.ReportMetric;
import albert.reports.summary.ReportModel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What our runs say of a finding of the paper. All pairs of a finding count: runs agree only if
 * every pair does. The pairs of all findings are one family.
 *
 * @param finding the finding
 * @param verdict what follows from the pairs
 * @param counts of the pairs that agree, disagree and cannot tell, in words
 * @param evidence a sentence a pair
 * @param unequal in what our runs are not what the paper's were
 */
public record FindingResult(
    Finding finding, Verdict verdict, String counts, List<String> evidence, List<String> unequal) {
  /**
   * How far apart scores may be that count as the same, on a scale whose best is 1: the spread of
   * the paper's averages over E with all layers shared (Table 3).
   */
  public static final double MARGIN = 0.011;

  /** More variants than this have too many pairs to be looked at. */
  private static final int MOST_VARIANTS = 64;

  public FindingResult {
    evidence = List.copyOf(evidence);
    unequal = List.copyOf(unequal);
  }

  /** What our runs say. */
  public enum Verdict {
    /** Every pair shows the same. */
    AGREE("agree"),
    /** A pair shows the contrary, and none the same. */
    DISAGREE("disagree"),
    /** Some pairs show the same, others the contrary. */
    MIXED("are divided"),
    /** Not every pair shows the same, and none the contrary. */
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

  private record Judged(Finding finding, Finding.Pair pair, ReportMetric metric) {}

  /** The findings that a report has pairs of variants for. */
  public static List<FindingResult> of(ReportModel model) {
    if (model.variants().size() > MOST_VARIANTS) {
      return List.of();
    }
    List<Judged> judged = new ArrayList<>();
    for (Finding finding : Finding.values()) {
      for (ReportMetric metric : model.primaryMetrics()) {
        if (model.isOfATask(metric) && finding.isAbout(metric.task())) {
          pairs(model, finding, metric).forEach(p -> judged.add(new Judged(finding, p, metric)));
        }
      }
    }
    List<Comparison> family =
        Comparison.family(
            judged.stream().map(one -> sides(model, one)).toList(), model.plan().analysis());
    List<FindingResult> results = new ArrayList<>();
    for (Finding finding : Finding.values()) {
      result(finding, judged, family).ifPresent(results::add);
    }
    return results;
  }

  private static List<Finding.Pair> pairs(ReportModel model, Finding finding, ReportMetric metric) {
    List<Finding.Pair> pairs = new ArrayList<>();
    for (var a : model.variants()) {
      for (var b : model.variants()) {
        finding
            .pair(a, b)
            .filter(p -> a.score(metric).isPresent() && b.score(metric).isPresent())
            .ifPresent(pairs::add);
      }
    }
    return pairs;
  }

  private static Comparison.Sides sides(ReportModel model, Judged one) {
    return new Comparison.Sides(
        model.standing(one.pair.better(), one.metric).scores(),
        model.standing(one.pair.worse(), one.metric).scores(),
        OptionalDouble.empty(),
        one.metric.lowerIsBetter());
  }

  private static Optional<FindingResult> result(
      Finding finding, List<Judged> judged, List<Comparison> family) {
    int agree = 0;
    int disagree = 0;
    List<String> evidence = new ArrayList<>();
    Set<String> unequal = new LinkedHashSet<>();
    for (int i = 0; i < judged.size(); i++) {
      Judged one = judged.get(i);
      if (one.finding == finding) {
        Verdict verdict = verdict(one, family.get(i));
        agree += verdict == Verdict.AGREE ? 1 : 0;
        disagree += verdict == Verdict.DISAGREE ? 1 : 0;
        evidence.add(sentence(one, family.get(i)));
        unequal.addAll(finding.unequal(one.pair, one.metric.task()));
        one.pair.better().runs().stream()
            .findFirst()
            .ifPresent(run -> unequal.add(pretraining(run)));
      }
    }
    int pairs = evidence.size();
    return pairs == 0
        ? Optional.empty()
        : Optional.of(
            new FindingResult(
                finding,
                verdict(agree, disagree, pairs),
                String.format(
                    Locale.ROOT, "%d of %d pairs agree, %d disagree", agree, pairs, disagree),
                evidence,
                List.copyOf(unequal)));
  }

  private static Verdict verdict(int agree, int disagree, int pairs) {
    if (disagree > 0) {
      return agree > 0 ? Verdict.MIXED : Verdict.DISAGREE;
    }
    return agree == pairs ? Verdict.AGREE : Verdict.CANNOT_TELL;
  }

  private static Verdict verdict(Judged one, Comparison comparison) {
    if (!comparison.verdict().isTested()) {
      return Verdict.CANNOT_TELL;
    }
    return one.finding.claimsEquality()
        ? equality(comparison, MARGIN * one.metric.scale())
        : direction(comparison, one.metric);
  }

  private static Verdict direction(Comparison comparison, ReportMetric metric) {
    Comparison.Verdict better =
        metric.lowerIsBetter() ? Comparison.Verdict.LOWER : Comparison.Verdict.HIGHER;
    if (!comparison.verdict().isDifference()) {
      return Verdict.CANNOT_TELL;
    }
    return comparison.verdict() == better ? Verdict.AGREE : Verdict.DISAGREE;
  }

  /**
   * The same if the whole interval lies within the margin, not so if the corrected one is beyond.
   */
  private static Verdict equality(Comparison comparison, double margin) {
    Interval own = comparison.interval();
    if (own.low() >= -margin && own.high() <= margin) {
      return Verdict.AGREE;
    }
    Interval all = comparison.simultaneous();
    return all.low() > margin || all.high() < -margin ? Verdict.DISAGREE : Verdict.CANNOT_TELL;
  }

  /** The paper's models were all pretrained from scratch, 125,000 steps of 4,096 sequences. */
  private static String pretraining(RunRecord run) {
    return "pretraining: ours is "
        + OwnPretraining.of(run).lengthAndText()
        + ", theirs 125,000 steps of 4,096 on Wikipedia and BookCorpus";
  }

  private static String sentence(Judged one, Comparison comparison) {
    int decimals = one.metric.decimals();
    Interval interval = comparison.interval();
    String p =
        comparison.p().isPresent()
            ? ", p " + Numbers.probability(comparison.p().getAsDouble())
            : "";
    return String.format(
        Locale.ROOT,
        "%s against %s: %s %s%s (%s%s)",
        one.pair.better().name(),
        one.pair.worse().name(),
        one.metric.label(),
        comparison.difference().isPresent()
            ? Numbers.signed(comparison.difference().getAsDouble(), decimals)
            : "–",
        interval.defined() ? ", " + Numbers.interval(interval, decimals) : "",
        Numbers.verdict(comparison.verdict()),
        p);
  }
}
