package albert.evaluation.stats;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The scores of a variant by seed, with what speaks against a conclusion from them.
 *
 * @param bySeed finite scores; may be empty
 * @param failed runs that failed
 * @param undefined runs that did not fail and have a score that is undefined
 * @param degenerate whether the runs learned nothing, as those that predict one class for all
 *     examples
 */
public record SeedScores(
    SortedMap<SeedKey, Double> bySeed, int failed, int undefined, boolean degenerate) {

  public SeedScores {
    bySeed = new TreeMap<>(bySeed);
  }

  /** Of runs that all have a score. */
  public static SeedScores of(SortedMap<SeedKey, Double> bySeed) {
    return new SeedScores(bySeed, 0, 0, false);
  }

  /** The same on another scale: each score divided by what a whole is in its unit. */
  public SeedScores dividedBy(double whole) {
    SortedMap<SeedKey, Double> divided = new TreeMap<>();
    bySeed.forEach((seed, score) -> divided.put(seed, score / whole));
    return new SeedScores(divided, failed, undefined, degenerate);
  }

  /** The scores in the order of the seeds. */
  public double[] values() {
    return bySeed.values().stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** The scores of the seeds that another side has too, in the order of the seeds. */
  double[] of(Set<SeedKey> seeds) {
    return bySeed.entrySet().stream()
        .filter(score -> seeds.contains(score.getKey()))
        .mapToDouble(Map.Entry::getValue)
        .toArray();
  }

  /** Their mean as an estimate; only where there is a score. */
  public MeanEstimate mean() {
    return MeanEstimate.of(bySeed);
  }

  /** Whether anything can be concluded from them. */
  public boolean supportsAConclusion() {
    return flaw().isEmpty();
  }

  /** Why nothing can be concluded from this side, whatever the other is like; empty if it can. */
  Optional<Comparison.Verdict> flaw() {
    if (failed > 0) {
      return Optional.of(Comparison.Verdict.FAILED_RUNS);
    }
    if (undefined > 0) {
      return Optional.of(Comparison.Verdict.UNDEFINED_SCORES);
    }
    if (bySeed.isEmpty() || mean().n() < Analysis.FEWEST_SEEDS) {
      return Optional.of(Comparison.Verdict.TOO_FEW_SEEDS);
    }
    if (degenerate) {
      return Optional.of(Comparison.Verdict.DEGENERATE);
    }
    return Samples.constant(values())
        ? Optional.of(Comparison.Verdict.NO_SPREAD)
        : Optional.empty();
  }
}
