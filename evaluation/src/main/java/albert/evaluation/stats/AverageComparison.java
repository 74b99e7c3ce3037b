package albert.evaluation.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * The average of a variant over several tasks against its baseline's, as one of a family. It is
 * judged as a single task is ({@link Comparison}): by {@link MeanContrast}, with p corrected by
 * Holm for the family, and nothing is concluded where the scores of a side on some task support
 * nothing. Where the study declares pairs, a pair is a seed that both sides have on every task, and
 * pairs that share seeds are no more independent than runs are.
 *
 * @param sides what is compared
 * @param model of the difference, variant minus baseline; empty where a side has no score on some
 *     task, or no seed is a pair
 * @param p corrected for the family; empty where nothing was tested
 * @param family how it was judged, and among how many
 * @param verdict what follows
 */
public record AverageComparison(
    Sides sides,
    Optional<MeanContrast> model,
    OptionalDouble p,
    Comparison.Family family,
    Comparison.Verdict verdict) {

  /**
   * What is compared.
   *
   * @param variant its scores
   * @param baseline those of the other side, on the same tasks in the same order
   */
  public record Sides(TaskScores variant, TaskScores baseline) {
    public Sides {
      if (variant.tasks().size() != baseline.tasks().size()) {
        throw new IllegalArgumentException(
            variant.tasks().size() + " tasks are compared with " + baseline.tasks().size());
      }
    }

    /** Of the differences of the seeds that both sides have on every task; empty without one. */
    private Optional<MeanEstimate> differences() {
      return MeanEstimate.ofSums(
          weights(),
          Stream.concat(variant.tasks().stream(), baseline.tasks().stream())
              .map(SeedScores::bySeed)
              .toList());
    }

    /** Of the means of the variant's tasks, then of the baseline's. */
    private double[] weights() {
      return DoubleStream.concat(
              Arrays.stream(variant.weights(1)), Arrays.stream(baseline.weights(-1)))
          .toArray();
    }

    private Optional<MeanContrast> model(Analysis analysis) {
      if (!variant.complete() || !baseline.complete()) {
        return Optional.empty();
      }
      if (analysis.paired()) {
        return differences().map(MeanContrast::of);
      }
      return Optional.of(
          MeanContrast.of(
              weights(), Stream.concat(variant.estimates(), baseline.estimates()).toList()));
    }

    private Optional<Comparison.Verdict> flaw(Analysis analysis) {
      Optional<Comparison.Verdict> own = variant.flaw().or(baseline::flaw);
      if (own.isPresent()) {
        return own;
      }
      if (analysis.paired()
          && differences().map(MeanEstimate::n).orElse(0) < Analysis.FEWEST_SEEDS) {
        return Optional.of(Comparison.Verdict.TOO_FEW_SEEDS);
      }
      return model(analysis).filter(MeanContrast::defined).isPresent()
          ? Optional.empty()
          : Optional.of(Comparison.Verdict.NO_SPREAD);
    }
  }

  /** The comparisons of a family, in its order. */
  public static List<AverageComparison> family(List<Sides> family, Analysis analysis) {
    List<Optional<MeanContrast>> models = family.stream().map(s -> s.model(analysis)).toList();
    List<Optional<Comparison.Verdict>> flaws = family.stream().map(s -> s.flaw(analysis)).toList();
    Judgement judged = Judgement.of(models, flaws, analysis);
    List<AverageComparison> comparisons = new ArrayList<>();
    for (int i = 0; i < family.size(); i++) {
      comparisons.add(
          new AverageComparison(
              family.get(i),
              models.get(i),
              judged.p().get(i),
              judged.family(),
              judged.verdicts().get(i)));
    }
    return comparisons;
  }

  /** Variant minus baseline; empty where the model is. */
  public OptionalDouble difference() {
    return model.map(m -> OptionalDouble.of(m.estimate())).orElseGet(OptionalDouble::empty);
  }

  /** The interval of this difference alone; undefined where nothing was tested. */
  public Interval interval() {
    return verdict.isTested()
        ? model.orElseThrow().interval(family.analysis().level())
        : Interval.UNDEFINED;
  }

  /** p of this comparison alone; empty where nothing was tested. */
  public OptionalDouble ownP() {
    return p.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(model.orElseThrow().p());
  }
}
