package albert.evaluation.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import albert.evaluation.stats.Comparison.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class AverageComparisonTest {
  private static final Analysis PAIRED = new Analysis(0.05, true);

  /** Variances of the tasks' means 0.0004/3, of the average 2/4 of that, with 2 + 2 degrees. */
  private static final TaskScores HIGH = scores(seeds(0.70, 0.72, 0.74), seeds(0.79, 0.81, 0.83));

  private static final TaskScores LOW = scores(seeds(0.60, 0.62, 0.64), seeds(0.69, 0.71, 0.73));

  @Test
  void theAverageIsThePlainMeanOfTheTasksMeans() {
    MeanContrast average = HIGH.average().orElseThrow();
    assertThat(average.estimate()).isCloseTo(0.765, within(1e-12));
    assertThat(average.standardError()).isCloseTo(Math.sqrt(0.0002 / 3), within(1e-12));
    assertThat(average.df()).isCloseTo(4, within(1e-9));
    // t of 0.975 with 4 degrees of freedom: 2.776445
    assertThat(HIGH.interval(0.95).low()).isCloseTo(0.765 - 2.776445 * 0.00816497, within(1e-7));
    assertThat(HIGH.seeds()).isEqualTo(3);
    assertThat(HIGH.independentRuns()).isTrue();
  }

  /** Ten seeds on one task weigh as much as three on another. */
  @Test
  void aTaskCountsOnceHoweverManySeedsItHas() {
    TaskScores unequal = scores(seeds(1, 1, 1, 1, 2, 1, 1, 1, 1, 2), seeds(3, 4, 5));
    assertThat(unequal.average().orElseThrow().estimate()).isCloseTo(2.6, within(1e-12));
    assertThat(unequal.seeds()).isEqualTo(3);
  }

  @Test
  void theDifferenceIsAContrastOfAllMeans() {
    AverageComparison found = one(HIGH, LOW, Analysis.DEFAULT);
    assertThat(found.difference().orElseThrow()).isCloseTo(0.1, within(1e-12));
    MeanContrast model = found.model().orElseThrow();
    assertThat(model.standardError()).isCloseTo(Math.sqrt(0.0004 / 3), within(1e-12));
    assertThat(model.df()).isCloseTo(8, within(1e-9));
    // t of 0.975 with 8 degrees of freedom: 2.306004
    assertThat(found.interval().low()).isCloseTo(0.1 - 2.306004 * 0.011547005, within(1e-7));
    assertThat(found.ownP().orElseThrow())
        .isCloseTo(TTest.twoSided(0.1 / 0.011547005, 8), within(1e-9));
    assertThat(found.verdict()).isEqualTo(Verdict.HIGHER);
    assertThat(one(LOW, HIGH, Analysis.DEFAULT).verdict()).isEqualTo(Verdict.LOWER);
  }

  @Test
  void pairsAreSeedsThatBothSidesHaveOnEveryTask() {
    TaskScores baseline = scores(seeds(0.60, 0.63, 0.61), seeds(0.69, 0.70, 0.73));
    // per seed 0.1, 0.1, 0.115: mean 0.105, standard error 0.005, and p of 2 degrees is exact
    AverageComparison found = one(HIGH, baseline, PAIRED);
    assertThat(found.difference().orElseThrow()).isCloseTo(0.105, within(1e-12));
    assertThat(found.model().orElseThrow().standardError()).isCloseTo(0.005, within(1e-12));
    assertThat(found.ownP().orElseThrow()).isCloseTo(1 - 21 / Math.sqrt(443), within(1e-12));
    TaskScores more = scores(seeds(0.60, 0.63, 0.61, 0.9), seeds(0.69, 0.70, 0.73));
    assertThat(one(HIGH, more, PAIRED).difference()).isEqualTo(found.difference());
    SortedMap<SeedKey, Double> others = new TreeMap<>();
    for (int seed = 3; seed <= 5; seed++) {
      others.put(new SeedKey(seed, seed), 0.7 + 0.01 * seed);
    }
    TaskScores apart = new TaskScores(List.of(SeedScores.of(others), seeds(0.69, 0.70, 0.73)));
    assertThat(one(HIGH, apart, PAIRED).verdict()).isEqualTo(Verdict.TOO_FEW_SEEDS);
    assertThat(one(HIGH, apart, Analysis.DEFAULT).verdict().isTested()).isTrue();
    // the same difference of all seeds leaves nothing to judge by
    assertThat(one(HIGH, LOW, PAIRED).verdict()).isEqualTo(Verdict.NO_SPREAD);
  }

  /** Two seeds of the initialisation crossed with five of the data's order are two, not ten. */
  @Test
  void pairsThatShareSeedsAreNotIndependent() {
    SortedMap<SeedKey, Double> high = new TreeMap<>();
    SortedMap<SeedKey, Double> low = new TreeMap<>();
    for (int init = 1; init <= 2; init++) {
      for (int data = 1; data <= 5; data++) {
        high.put(new SeedKey(init, data), 0.8 + 0.01 * init + 0.001 * data * data);
        low.put(new SeedKey(init, data), 0.7 + 0.02 * init - 0.002 * data);
      }
    }
    TaskScores variant = scores(SeedScores.of(high), SeedScores.of(high));
    TaskScores baseline = scores(SeedScores.of(low), SeedScores.of(low));
    assertThat(variant.seeds()).isEqualTo(2);
    assertThat(variant.independentRuns()).isFalse();
    assertThat(one(variant, baseline, PAIRED).verdict()).isEqualTo(Verdict.TOO_FEW_SEEDS);
  }

  @Test
  void pIsCorrectedForTheModelsThatAreTested() {
    TaskScores same = scores(seeds(0.61, 0.62, 0.66), seeds(0.70, 0.71, 0.72));
    TaskScores few = scores(seeds(0.61, 0.62), seeds(0.70, 0.71, 0.72));
    List<AverageComparison> family =
        AverageComparison.family(
            List.of(
                new AverageComparison.Sides(HIGH, LOW),
                new AverageComparison.Sides(few, LOW),
                new AverageComparison.Sides(same, LOW)),
            Analysis.DEFAULT);
    assertThat(family.get(0).family().tested()).isEqualTo(2);
    assertThat(family.get(0).p().orElseThrow())
        .isCloseTo(2 * family.get(0).ownP().orElseThrow(), within(1e-15));
    assertThat(family.get(1).p()).isEmpty();
    assertThat(family.get(1).difference()).isPresent();
    assertThat(family.get(1).interval().defined()).isFalse();
    assertThat(family.get(2).verdict()).isEqualTo(Verdict.NOT_DISTINGUISHABLE);
  }

  /** What supports no conclusion on one task supports none on average. */
  @Test
  void aFlawOnAnyTaskIsOneOfTheAverage() {
    SeedScores good = seeds(0.70, 0.72, 0.74);
    flawed(seeds(0.8, 0.81), Verdict.TOO_FEW_SEEDS);
    flawed(seeds(0.8, 0.8, 0.8), Verdict.NO_SPREAD);
    flawed(new SeedScores(good.bySeed(), 1, 0, false), Verdict.FAILED_RUNS);
    flawed(new SeedScores(good.bySeed(), 0, 1, false), Verdict.UNDEFINED_SCORES);
    flawed(new SeedScores(good.bySeed(), 0, 0, true), Verdict.DEGENERATE);
    TaskScores both = scores(seeds(0.8, 0.81), new SeedScores(good.bySeed(), 1, 0, false));
    assertThat(one(both, LOW, Analysis.DEFAULT).verdict()).isEqualTo(Verdict.FAILED_RUNS);
  }

  private static void flawed(SeedScores flawed, Verdict verdict) {
    TaskScores side = scores(seeds(0.70, 0.72, 0.74), flawed);
    assertThat(side.supportsAConclusion()).isFalse();
    assertThat(side.average()).isPresent();
    assertThat(side.interval(0.95).defined()).isFalse();
    assertThat(one(side, LOW, Analysis.DEFAULT).verdict()).isEqualTo(verdict);
    assertThat(one(LOW, side, Analysis.DEFAULT).verdict()).isEqualTo(verdict);
    assertThat(one(LOW, side, Analysis.DEFAULT).p()).isEmpty();
  }

  @Test
  void withoutAScoreOnSomeTaskThereIsNoAverage() {
    TaskScores incomplete = scores(seeds(0.7, 0.71, 0.72), seeds());
    assertThat(incomplete.average()).isEmpty();
    assertThat(incomplete.seeds()).isZero();
    assertThat(one(incomplete, LOW, Analysis.DEFAULT).difference()).isEmpty();
    assertThat(one(incomplete, LOW, Analysis.DEFAULT).verdict()).isEqualTo(Verdict.TOO_FEW_SEEDS);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AverageComparison.Sides(scores(seeds(0.7)), LOW));
    assertThatIllegalArgumentException().isThrownBy(() -> new TaskScores(List.of()));
  }

  @Test
  void scoresOutOfAHundredAreBroughtToOne() {
    SeedScores whole = new SeedScores(seeds(70, 72.5).bySeed(), 2, 0, true).dividedBy(100);
    assertThat(whole.values()).containsExactly(0.7, 0.725);
    assertThat(whole.failed()).isEqualTo(2);
    assertThat(whole.degenerate()).isTrue();
  }

  private static AverageComparison one(TaskScores variant, TaskScores baseline, Analysis analysis) {
    return AverageComparison.family(
            List.of(new AverageComparison.Sides(variant, baseline)), analysis)
        .get(0);
  }

  private static TaskScores scores(SeedScores... tasks) {
    return new TaskScores(Arrays.asList(tasks));
  }

  private static SeedScores seeds(double... scores) {
    SortedMap<SeedKey, Double> bySeed = new TreeMap<>();
    for (int i = 0; i < scores.length; i++) {
      bySeed.put(new SeedKey(i + 1, i + 1), scores[i]);
    }
    return SeedScores.of(bySeed);
  }
}
