package albert.evaluation.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A variant against its baseline, as one of a family of comparisons. Difference, interval, p and
 * verdict come from one model, {@link MeanContrast}: Welch's or, where the study declares pairs,
 * Student's of the pairs, of which those that share seeds are no more independent than runs are. A
 * difference counts only if its p, corrected by Holm (Scand. J. Stat. 6, 1979) for the family, is
 * at most alpha; a loss is shown to be below a margin only if the one-sided p of the contrary,
 * corrected likewise, is at most alpha / 2 (non-inferiority, ICH E9, section 3.3.2).
 *
 * @param sides what is compared
 * @param model of the difference, variant minus baseline; empty where a side, or with pairs a pair,
 *     is missing
 * @param p corrected for the family; empty where nothing was tested
 * @param lossP of the hypothesis that the variant is worse by the margin or more, corrected; empty
 *     without a margin or a test
 * @param family how it was judged, and among how many
 * @param verdict what follows
 */
public record Comparison(
    Sides sides,
    Optional<MeanContrast> model,
    OptionalDouble p,
    OptionalDouble lossP,
    Family family,
    Verdict verdict) {

  /** More seeds than this in all are not counted out. */
  public static final int MOST_SEEDS = 100;

  /** Where a variant stands. */
  public enum Verdict {
    /** Higher than the baseline. */
    HIGHER,
    /** Lower than the baseline. */
    LOWER,
    /** Not distinguishable from the baseline. */
    NOT_DISTINGUISHABLE,
    /** Fewer than three seeds on a side support no conclusion. */
    TOO_FEW_SEEDS,
    /** Runs of a side failed: those that are left were chosen by their result. */
    FAILED_RUNS,
    /** Scores of a side are undefined: those that are left were chosen by being defined. */
    UNDEFINED_SCORES,
    /** The runs of a side learned nothing. */
    DEGENERATE,
    /** All seeds of a side, or all pairs, have the same score: there is no spread to judge by. */
    NO_SPREAD;

    /** Whether a difference is claimed. */
    public boolean isDifference() {
      return this == HIGHER || this == LOWER;
    }

    /** Whether the comparison was tested. */
    public boolean isTested() {
      return isDifference() || this == NOT_DISTINGUISHABLE;
    }
  }

  /**
   * What is compared.
   *
   * @param variant its scores
   * @param baseline those of the other side
   * @param margin how much worse is still acceptable, positive and in the metric's unit; empty for
   *     none
   * @param lowerIsBetter whether a higher score is the worse one
   */
  public record Sides(
      SeedScores variant, SeedScores baseline, OptionalDouble margin, boolean lowerIsBetter) {

    /** A comparison without a margin, for a metric whose higher score is better. */
    public static Sides of(SeedScores variant, SeedScores baseline) {
      return new Sides(variant, baseline, OptionalDouble.empty(), false);
    }

    /** The scores of the seeds that both sides have, the variant's first. */
    List<double[]> pairs() {
      return List.of(
          variant.of(baseline.bySeed().keySet()), baseline.of(variant.bySeed().keySet()));
    }

    /** The mean of the pairs' differences; empty without pairs. */
    Optional<MeanEstimate> differences() {
      return MeanEstimate.ofSums(
          new double[] {1, -1}, List.of(variant.bySeed(), baseline.bySeed()));
    }

    /** How many of the pairs are independent. */
    int independentPairs() {
      return differences().map(MeanEstimate::n).orElse(0);
    }

    /** The model of the difference; empty where there is nothing to take it from. */
    Optional<MeanContrast> model(Analysis analysis) {
      if (analysis.paired()) {
        return differences().map(MeanContrast::of);
      }
      return variant.bySeed().isEmpty() || baseline.bySeed().isEmpty()
          ? Optional.empty()
          : Optional.of(MeanContrast.difference(variant.mean(), baseline.mean()));
    }

    /** Why nothing can be concluded; empty if something can. */
    Optional<Verdict> flaw(Analysis analysis) {
      Optional<Verdict> own = variant.flaw().or(baseline::flaw);
      if (own.isPresent()) {
        return own;
      }
      if (analysis.paired() && independentPairs() < Analysis.FEWEST_SEEDS) {
        return Optional.of(Verdict.TOO_FEW_SEEDS);
      }
      return model(analysis).filter(MeanContrast::defined).isPresent()
          ? Optional.empty()
          : Optional.of(Verdict.NO_SPREAD);
    }
  }

  /**
   * How a family was judged.
   *
   * @param analysis test and level
   * @param tested comparisons that the correction is for
   */
  public record Family(Analysis analysis, int tested) {}

  /** The comparisons of a family, in its order. */
  public static List<Comparison> family(List<Sides> family, Analysis analysis) {
    List<Optional<Verdict>> flaws = family.stream().map(sides -> sides.flaw(analysis)).toList();
    List<Optional<MeanContrast>> models =
        family.stream().map(sides -> sides.model(analysis)).toList();
    Judgement judged = Judgement.of(models, flaws, analysis);
    List<OptionalDouble> loss = new ArrayList<>();
    for (int i = 0; i < family.size(); i++) {
      boolean tested = flaws.get(i).isEmpty();
      loss.add(tested ? loss(family.get(i), models.get(i).orElseThrow()) : OptionalDouble.empty());
    }
    List<OptionalDouble> adjustedLoss = Correction.HOLM.adjust(loss);
    List<Comparison> comparisons = new ArrayList<>();
    for (int i = 0; i < family.size(); i++) {
      comparisons.add(
          new Comparison(
              family.get(i),
              models.get(i),
              judged.p().get(i),
              adjustedLoss.get(i),
              judged.family(),
              judged.verdicts().get(i)));
    }
    return comparisons;
  }

  private static OptionalDouble loss(Sides sides, MeanContrast model) {
    MeanContrast gain = sides.lowerIsBetter() ? model.negated() : model;
    return sides.margin().isPresent()
        ? OptionalDouble.of(gain.pAtMost(-sides.margin().getAsDouble()))
        : OptionalDouble.empty();
  }

  /** Variant minus baseline; empty where the model is. */
  public OptionalDouble difference() {
    return model.map(m -> OptionalDouble.of(m.estimate())).orElseGet(OptionalDouble::empty);
  }

  /** The interval of this difference alone; undefined without two seeds a side. */
  public Interval interval() {
    return interval(family.analysis().level());
  }

  /**
   * The interval that holds together with those of the whole family (Bonferroni); undefined where
   * nothing was tested.
   */
  public Interval simultaneous() {
    return p.isEmpty()
        ? Interval.UNDEFINED
        : interval(1 - family.analysis().alpha() / family.tested());
  }

  /** The interval of this difference alone at a level; undefined without two seeds a side. */
  public Interval interval(double level) {
    return model.map(m -> m.interval(level)).orElse(Interval.UNDEFINED);
  }

  /** p of this comparison alone; empty where nothing was tested. */
  public OptionalDouble ownP() {
    return p.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(model.orElseThrow().p());
  }

  /** Hedges' g on the standard deviation of the scores; NaN where undefined. */
  public double effectSize() {
    return EffectSize.hedgesG(sides.variant().values(), sides.baseline().values());
  }

  /** Correlation of the pairs' scores; NaN for fewer than three pairs or without spread. */
  public double seedCorrelation() {
    List<double[]> pairs = sides.pairs();
    return pairs.get(0).length < Analysis.FEWEST_SEEDS
        ? Double.NaN
        : CorrelationTest.pearson(pairs.get(0), pairs.get(1)).coefficient();
  }

  /** Whether the variant is shown to lose less than the margin. */
  public boolean lossIsBelowMargin() {
    return lossP.isPresent() && lossP.getAsDouble() <= family.analysis().alpha() / 2;
  }

  /** The least seeds that a side, or the pairs, have. */
  public int seeds() {
    if (family.analysis().paired()) {
      return sides.independentPairs();
    }
    int variant = sides.variant().bySeed().isEmpty() ? 0 : sides.variant().mean().n();
    int baseline = sides.baseline().bySeed().isEmpty() ? 0 : sides.baseline().mean().n();
    return Math.min(variant, baseline);
  }

  /**
   * How many seeds more on each side would make the corrected interval reach no farther than the
   * margin from the difference, if the spread stayed as it is. It is planned by the precision, not
   * by the difference that was seen. Empty where the interval is that narrow already, without a
   * margin or a spread, and where runs failed or scores are undefined; {@value #MOST_SEEDS} means
   * that and more.
   */
  public OptionalInt moreSeeds() {
    boolean plannable =
        (verdict == Verdict.TOO_FEW_SEEDS || verdict.isTested())
            && sides.margin().isPresent()
            && model.filter(MeanContrast::defined).isPresent();
    if (!plannable) {
      return OptionalInt.empty();
    }
    int have = seeds();
    MeanContrast now = model.orElseThrow();
    double level = 1 - family.analysis().alpha() / Math.max(1, family.tested());
    for (int n = Math.max(have, Analysis.FEWEST_SEEDS); n < have + MOST_SEEDS; n++) {
      MeanContrast then =
          new MeanContrast(
              0,
              now.standardError() * Math.sqrt((double) have / n),
              now.df() * (n - 1) / (have - 1));
      if (then.interval(level).high() <= sides.margin().getAsDouble()) {
        return n == have ? OptionalInt.empty() : OptionalInt.of(n - have);
      }
    }
    return OptionalInt.of(MOST_SEEDS);
  }

  /** How likely the variant is worse, practically equal or better; empty where not tested. */
  public Optional<PracticalReading> practical() {
    return p.isPresent() && sides.margin().isPresent()
        ? model.map(
            m ->
                PracticalReading.of(
                    sides.lowerIsBetter() ? m.negated() : m, sides.margin().getAsDouble()))
        : Optional.empty();
  }
}
