package albert.evaluation.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import albert.evaluation.stats.Comparison.Sides;
import albert.evaluation.stats.Comparison.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class ComparisonTest {

  @Test
  void verdictIntervalAndPComeFromWelchsModel() {
    double[] a = {0.70, 0.72, 0.71, 0.75};
    double[] b = {0.80, 0.81, 0.82, 0.83, 0.84};
    Comparison found = one(scores(a), scores(b));
    TTest welch = TTest.welch(a, b);
    assertThat(found.difference().orElseThrow()).isCloseTo(-0.1, within(1e-12));
    assertThat(found.ownP().orElseThrow()).isCloseTo(welch.p(), within(1e-15));
    assertThat(found.model().orElseThrow().df()).isCloseTo(welch.df(), within(1e-9));
    assertThat(found.verdict()).isEqualTo(Verdict.LOWER);
    assertThat(found.interval().high()).isNegative();
    assertThat(found.simultaneous()).isEqualTo(found.interval());
    // s² 0.000466667 and 0.00025, pooled 0.000342857; J = 1 - 3/27
    assertThat(found.effectSize()).isCloseTo(-0.1 / 0.0185164 * 24 / 27, within(1e-4));
  }

  /** The interval leaves 0 out exactly where the test of the same level finds a difference. */
  @Test
  void theIntervalNeverContradictsTheTest() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 300; i++) {
      Comparison found = one(noise(random, 4, 1, 1.5), noise(random, 4, 2, 0));
      boolean outside = found.interval().low() > 0 || found.interval().high() < 0;
      assertThat(outside).isEqualTo(found.verdict().isDifference());
    }
  }

  @Test
  void pairsCountOnlyWhereTheyAreDeclared() {
    SeedScores variant = scores(0.61, 0.72, 0.83);
    SeedScores baseline = scores(0.60, 0.70, 0.80);
    Comparison paired =
        Comparison.family(List.of(Sides.of(variant, baseline)), new Analysis(0.05, true)).get(0);
    // differences 0.01, 0.02, 0.03: mean 0.02, t of 0.975 with 2 degrees of freedom 4.302653
    assertThat(paired.difference().orElseThrow()).isCloseTo(0.02, within(1e-12));
    assertThat(paired.interval().low())
        .isCloseTo(0.02 - 4.302653 * 0.01 / Math.sqrt(3), within(1e-8));
    assertThat(paired.seedCorrelation()).isCloseTo(1, within(1e-3));
    assertThat(one(variant, baseline).ownP().orElseThrow()).isGreaterThan(0.8);
  }

  @Test
  void pIsCorrectedForTheComparisonsThatAreTested() {
    SeedScores baseline = scores(0.80, 0.81, 0.82, 0.83, 0.84);
    SeedScores lower = scores(0.78, 0.79, 0.80, 0.81, 0.815);
    SeedScores same = scores(0.81, 0.80, 0.83, 0.82, 0.84);
    SeedScores few = scores(0.1, 0.2);
    List<Comparison> family =
        Comparison.family(
            List.of(Sides.of(lower, baseline), Sides.of(few, baseline), Sides.of(same, baseline)),
            Analysis.DEFAULT);
    Comparison first = family.get(0);
    assertThat(first.family().tested()).isEqualTo(2);
    assertThat(first.p().orElseThrow()).isCloseTo(2 * first.ownP().orElseThrow(), within(1e-15));
    assertThat(family.get(1).verdict()).isEqualTo(Verdict.TOO_FEW_SEEDS);
    assertThat(family.get(1).p()).isEmpty();
    assertThat(family.get(2).verdict()).isEqualTo(Verdict.NOT_DISTINGUISHABLE);
    assertThat(first.simultaneous().high()).isGreaterThan(first.interval().high());
  }

  @Test
  void whatCanNotBeJudgedGetsNoVerdict() {
    SeedScores good = scores(0.80, 0.81, 0.82);
    assertThat(one(scores(0.1, 0.2), good).verdict()).isEqualTo(Verdict.TOO_FEW_SEEDS);
    assertThat(one(scores(), good).verdict()).isEqualTo(Verdict.TOO_FEW_SEEDS);
    assertThat(one(scores(), good).difference()).isEmpty();
    assertThat(one(scores(0.5, 0.5, 0.5), good).verdict()).isEqualTo(Verdict.NO_SPREAD);
    assertThat(one(good, scores(0.5, 0.5, 0.5)).verdict()).isEqualTo(Verdict.NO_SPREAD);
    SeedScores failed = new SeedScores(scores(0.9, 0.91, 0.92).bySeed(), 2, 0, false);
    assertThat(one(failed, good).verdict()).isEqualTo(Verdict.FAILED_RUNS);
    SeedScores undefined = new SeedScores(scores(0.9, 0.91, 0.92).bySeed(), 0, 1, false);
    assertThat(one(undefined, good).verdict()).isEqualTo(Verdict.UNDEFINED_SCORES);
    SeedScores guessing = new SeedScores(scores(0.50, 0.51, 0.52).bySeed(), 0, 0, true);
    assertThat(one(good, guessing).verdict()).isEqualTo(Verdict.DEGENERATE);
    // pairs that differ by the same, but for rounding
    SeedScores shifted = scores(0.70, 0.71, 0.72);
    assertThat(
            Comparison.family(List.of(Sides.of(shifted, good)), new Analysis(0.05, true))
                .get(0)
                .verdict())
        .isEqualTo(Verdict.NO_SPREAD);
  }

  @Test
  void aLossIsBelowTheMarginOnlyIfTheIntervalIs() {
    SplittableRandom random = new SplittableRandom(4);
    int shown = 0;
    for (int i = 0; i < 200; i++) {
      Sides sides =
          new Sides(
              noise(random, 5, 0.01, 0), noise(random, 5, 0.01, 0), OptionalDouble.of(0.02), false);
      Comparison found = Comparison.family(List.of(sides), Analysis.DEFAULT).get(0);
      assertThat(found.lossIsBelowMargin()).isEqualTo(found.interval().low() > -0.02);
      shown += found.lossIsBelowMargin() ? 1 : 0;
      Comparison loss =
          Comparison.family(
                  List.of(new Sides(sides.variant(), sides.baseline(), sides.margin(), true)),
                  Analysis.DEFAULT)
              .get(0);
      assertThat(loss.lossIsBelowMargin()).isEqualTo(found.interval().high() < 0.02);
    }
    assertThat(shown).isBetween(80, 180);
  }

  @Test
  void moreSeedsArePlannedFromTheIntervalAndCapped() {
    SeedScores variant = scores(0.80, 0.81, 0.82, 0.83, 0.84);
    SeedScores baseline = scores(0.81, 0.80, 0.82, 0.82, 0.84);
    assertThat(withMargin(variant, baseline, 0.05).moreSeeds()).isEmpty();
    int more = withMargin(variant, baseline, 0.01).moreSeeds().orElseThrow();
    assertThat(more).isBetween(6, 20);
    assertThat(withMargin(variant, baseline, 0.0001).moreSeeds()).hasValue(Comparison.MOST_SEEDS);
    assertThat(one(variant, baseline).moreSeeds()).isEmpty();
    assertThat(withMargin(scores(0.7, 0.71), baseline, 0.05).moreSeeds()).isPresent();
  }

  @Test
  void theBayesianReadingAgreesWithTheInterval() {
    Comparison found =
        withMargin(
            scores(0.80, 0.81, 0.82, 0.83, 0.84), scores(0.81, 0.80, 0.82, 0.82, 0.84), 0.02);
    PracticalReading reading = found.practical().orElseThrow();
    assertThat(reading.worse() + reading.equal() + reading.better()).isCloseTo(1, within(1e-12));
    assertThat(reading.equal()).isBetween(0.9, 1.0);
    MeanContrast far = new MeanContrast(-0.2, 0.01, 8);
    assertThat(PracticalReading.of(far, 0.02).worse()).isGreaterThan(0.999);
    assertThat(PracticalReading.of(far.negated(), 0.02).better()).isGreaterThan(0.999);
  }

  @Test
  void crossedSeedsAreNoIndependentRuns() {
    SplittableRandom random = new SplittableRandom(5);
    int covered = 0;
    int studies = 1000;
    for (int study = 0; study < studies; study++) {
      double[] inits = random.doubles(4).map(ComparisonTest::normal).toArray();
      double[] data = random.doubles(4).map(ComparisonTest::normal).toArray();
      SortedMap<SeedKey, Double> scores = new TreeMap<>();
      for (int i = 0; i < 4; i++) {
        for (int j = 0; j < 4; j++) {
          scores.put(new SeedKey(i, j), inits[i] + data[j] + 0.5 * normal(random.nextDouble()));
        }
      }
      MeanEstimate mean = MeanEstimate.of(scores);
      assertThat(mean.n()).isEqualTo(4);
      MeanContrast alone = MeanContrast.of(new double[] {1}, List.of(mean));
      Interval interval = alone.interval(0.95);
      covered += interval.low() <= 0 && interval.high() >= 0 ? 1 : 0;
    }
    assertThat(covered / (double) studies).isBetween(0.93, 0.98);
  }

  @Test
  void pairsThatShareSeedsAreNoIndependentPairs() {
    double[][] differences = {{0.01, 0.02, 0.03}, {0.02, 0.05, 0.04}, {0.06, 0.05, 0.10}};
    SortedMap<SeedKey, Double> variant = new TreeMap<>();
    SortedMap<SeedKey, Double> baseline = new TreeMap<>();
    SortedMap<SeedKey, Double> expected = new TreeMap<>();
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        SeedKey seed = new SeedKey(i, j);
        baseline.put(seed, 0.5 + 0.03 * i + 0.01 * j);
        variant.put(seed, baseline.get(seed) + differences[i][j]);
        expected.put(seed, differences[i][j]);
      }
    }
    Comparison found =
        Comparison.family(
                List.of(Sides.of(SeedScores.of(variant), SeedScores.of(baseline))),
                new Analysis(0.05, true))
            .get(0);
    MeanEstimate mean = MeanEstimate.of(expected);
    assertThat(found.seeds()).isEqualTo(3);
    MeanContrast model = found.model().orElseThrow();
    assertThat(model.estimate()).isCloseTo(mean.mean(), within(1e-12));
    assertThat(model.standardError()).isCloseTo(Math.sqrt(mean.variance()), within(1e-12));
    assertThat(model.df()).isCloseTo(mean.df(), within(1e-9)).isLessThan(8);
  }

  /** A Latin square has no effect of either seed, and what is left is the error. */
  @Test
  void crossedScoresAreNoSurerAndNoLessSureThanTheirError() {
    SortedMap<SeedKey, Double> scores = new TreeMap<>();
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        scores.put(new SeedKey(i, j), (i + j) % 3 + (i == 0 ? 1e-6 : 0));
      }
    }
    MeanEstimate mean = MeanEstimate.of(scores);
    // residuals -1, 0, 1 in each row: 6 by 4 degrees of freedom, of 9 scores
    assertThat(mean.variance()).isCloseTo(6 / 4.0 / 9, within(1e-6));
    assertThat(mean.df()).isCloseTo(4, within(1e-6));
  }

  @Test
  void aSeedThatRecursCountsOnce() {
    SortedMap<SeedKey, Double> scores = new TreeMap<>();
    scores.put(new SeedKey(1, 1), 0.5);
    scores.put(new SeedKey(1, 2), 0.7);
    scores.put(new SeedKey(2, 1), 0.8);
    assertThat(MeanEstimate.of(scores).n()).isEqualTo(2);
    assertThat(MeanEstimate.of(scores).mean()).isCloseTo(0.7, within(1e-12));
  }

  @Test
  void failureRatesHaveWilsonsIntervalAndFishersTest() {
    FailureRate three = new FailureRate(3, 5);
    assertThat(three.interval(0.95).low()).isCloseTo(0.2307, within(1e-4));
    assertThat(three.interval(0.95).high()).isCloseTo(0.8824, within(1e-4));
    assertThat(new FailureRate(0, 5).interval(0.95).low()).isZero();
    assertThat(new FailureRate(0, 5).interval(0.95).high()).isCloseTo(0.4345, within(1e-4));
    // tables with 3 failures of 10: 10/120, 50/120, 50/120, 10/120
    assertThat(three.fisherP(new FailureRate(0, 5))).isCloseTo(20 / 120.0, within(1e-12));
    assertThat(three.fisherP(three)).isEqualTo(1);
    // 5 of 5 against 0 of 5: 2/252
    assertThat(new FailureRate(5, 5).fisherP(new FailureRate(0, 5)))
        .isCloseTo(2 / 252.0, within(1e-12));
  }

  @Test
  void powerIsWhatTheTextbookSays() {
    // n = 2 (z0.975 + z0.8)² (s/d)² = 15.7 (s/d)²: with 17 a side a t test finds one s (Cohen 1988)
    assertThat(Power.resolvable(17, 1, Analysis.DEFAULT)).isCloseTo(0.99, within(0.03));
    assertThat(Power.resolvable(5, 1, Analysis.DEFAULT)).isBetween(1.95, 2.15);
    assertThat(Power.resolvable(2, 1, Analysis.DEFAULT)).isInfinite();
    assertThat(Power.resolvable(5, 7, Analysis.DEFAULT))
        .isGreaterThan(Power.resolvable(5, 1, Analysis.DEFAULT));
    // 2.8 · √(0.1 / 408)
    assertThat(Power.resolvableAccuracy(408, 0.1, 1, Analysis.DEFAULT))
        .isCloseTo(0.0439, within(1e-4));
  }

  /** As many as all pairs of a hundred variants, without simulating every one of them. */
  @Test
  void powerFallsWithTheComparisonsHoweverMany() {
    double twenty = Power.resolvable(5, 20, Analysis.DEFAULT);
    double forty = Power.resolvable(5, 40, Analysis.DEFAULT);
    assertThat(forty).isBetween(twenty + 0.1, twenty + 1);
    assertThat(Power.resolvable(5, 4_950, Analysis.DEFAULT)).isGreaterThan(forty + 1);
  }

  @Test
  void powerIsSaidInASentence() {
    assertThat(Power.sentence(5, 3, Analysis.DEFAULT))
        .matches(
            "5 seeds in 3 comparisons find a difference of 2\\.[4-7] standard deviations of a"
                + " variant's seeds with 80 % power");
    assertThat(Power.sentence(1, 1, Analysis.DEFAULT))
        .startsWith("1 seed in 1 comparison support no");
  }

  /** The power that is promised is that of the rule that judges: other draws, within 3 points. */
  @Test
  void theResolvableDifferenceIsFoundByTheRule() {
    for (boolean paired : new boolean[] {false, true}) {
      for (int comparisons : new int[] {1, 3, 7}) {
        Analysis analysis = new Analysis(0.05, paired);
        double difference = Power.resolvable(5, comparisons, analysis);
        assertThat(share(5, comparisons, difference, analysis)).isBetween(0.77, 0.83);
      }
    }
  }

  private static double share(int seeds, int comparisons, double difference, Analysis analysis) {
    SplittableRandom random = new SplittableRandom(9);
    int studies = 4000;
    int found = 0;
    for (int study = 0; study < studies; study++) {
      SeedScores baseline = noise(random, seeds, 1, 0);
      List<Sides> sides = new ArrayList<>();
      sides.add(Sides.of(noise(random, seeds, 1, difference), baseline));
      for (int i = 1; i < comparisons; i++) {
        sides.add(Sides.of(noise(random, seeds, 1, 0), baseline));
      }
      found += Comparison.family(sides, analysis).get(0).verdict() == Verdict.HIGHER ? 1 : 0;
    }
    return found / (double) studies;
  }

  @Test
  void tiesAreGroupsThatOverlap() {
    TieGroups chain = TieGroups.of(3, (i, j) -> j - i == 2);
    assertThat(chain.groups()).hasSize(2);
    assertThat(chain.letters(0)).isEqualTo("a");
    assertThat(chain.letters(1)).isEqualTo("ab");
    assertThat(chain.letters(2)).isEqualTo("b");
    assertThat(chain.isSoleWinner(0)).isFalse();
    TieGroups all = TieGroups.of(3, (i, j) -> true);
    assertThat(all.letters(2)).isEqualTo("c");
    assertThat(all.isSoleWinner(0)).isTrue();
    assertThat(all.isSoleWinner(1)).isFalse();
    TieGroups none = TieGroups.of(3, (i, j) -> false);
    assertThat(none.groups()).hasSize(1);
    assertThat(none.isSoleWinner(0)).isFalse();
  }

  @Test
  void groupsWithTheSameEndsAreInTheOrderOfTheirMembers() {
    TieGroups groups = TieGroups.of(4, (i, j) -> i == 1 && j == 2);
    assertThat(groups.groups())
        .containsExactly(new TreeSet<>(List.of(0, 1, 3)), new TreeSet<>(List.of(0, 2, 3)));
  }

  /** Two share a letter if and only if they are not distinguishable. */
  @Test
  void lettersSayExactlyWhoIsTied() {
    SplittableRandom random = new SplittableRandom(10);
    for (int round = 0; round < 50; round++) {
      int n = 8;
      boolean[][] apart = new boolean[n][n];
      for (int i = 0; i < n; i++) {
        for (int j = i + 1; j < n; j++) {
          apart[i][j] = random.nextDouble() < 0.4;
        }
      }
      TieGroups groups = TieGroups.of(n, (i, j) -> apart[i][j]);
      for (int i = 0; i < n; i++) {
        for (int j = i + 1; j < n; j++) {
          int first = i;
          int second = j;
          assertThat(
                  groups.groups().stream()
                      .anyMatch(group -> group.contains(first) && group.contains(second)))
              .isEqualTo(!apart[i][j]);
        }
      }
    }
  }

  @Test
  void itemsAreDrawnWithTheSeeds() {
    MultiBootstrap.SeedScore always = (seed, items) -> 1;
    MultiBootstrap.SeedScore half =
        (seed, items) ->
            java.util.Arrays.stream(items).filter(i -> i % 2 == 0).count() / (double) items.length;
    ItemBootstrap clear = ItemBootstrap.of(always, half, 5, 200);
    assertThat(clear.difference()).isCloseTo(0.5, within(0.01));
    assertThat(clear.interval().low()).isBetween(0.40, 0.47);
    assertThat(clear.p()).isEqualTo(0.002);
    assertThat(ItemBootstrap.of(half, half, 5, 200).p()).isEqualTo(1);
    assertThat(ItemBootstrap.of((s, i) -> Double.NaN, half, 5, 200).p()).isNaN();
  }

  @Test
  void alphaIsAProbability() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Analysis(0, false));
    assertThatIllegalArgumentException().isThrownBy(() -> new Analysis(Double.NaN, false));
  }

  private static Comparison one(SeedScores variant, SeedScores baseline) {
    return Comparison.family(List.of(Sides.of(variant, baseline)), Analysis.DEFAULT).get(0);
  }

  private static Comparison withMargin(SeedScores variant, SeedScores baseline, double margin) {
    return Comparison.family(
            List.of(new Sides(variant, baseline, OptionalDouble.of(margin), false)),
            Analysis.DEFAULT)
        .get(0);
  }

  private static SeedScores noise(SplittableRandom random, int seeds, double sd, double mean) {
    return scores(random.doubles(seeds).map(u -> mean + sd * normal(u)).toArray());
  }

  private static double normal(double uniform) {
    return org.apache.commons.statistics.distribution.NormalDistribution.of(0, 1)
        .inverseCumulativeProbability(uniform);
  }

  private static SeedScores scores(double... values) {
    SortedMap<SeedKey, Double> scores = new TreeMap<>();
    for (int i = 0; i < values.length; i++) {
      scores.put(new SeedKey(i + 1, i + 1), values[i]);
    }
    return SeedScores.of(scores);
  }
}
