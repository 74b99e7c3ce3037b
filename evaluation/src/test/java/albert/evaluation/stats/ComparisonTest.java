package albert.evaluation.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import albert.evaluation.stats.Comparison.Sides;
import albert.evaluation.stats.Comparison.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class ComparisonTest {

  @Test
  void everyDealIsCounted() {
    PermutationTest test = PermutationTest.of(new double[] {1, 2}, new double[] {3, 4});
    assertThat(test.meanDifference()).isEqualTo(-2);
    assertThat(test.arrangements()).isEqualTo(6);
    assertThat(test.p()).isCloseTo(2 / 6.0, within(1e-15));
    // 0.1 + 0.2 and 0.3 are equal on paper
    assertThat(PermutationTest.of(new double[] {0.1, 0.2}, new double[] {0.3, 0.0}).p())
        .isEqualTo(1);
    // 5 and 3 figures, all of one side above the other: this deal and its mirror of 56
    double[] low = {1, 2, 3, 4, 5};
    assertThat(PermutationTest.of(low, new double[] {6, 7, 8}).p())
        .isCloseTo(2 / 56.0, within(1e-15));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PermutationTest.of(new double[40], new double[40]));
  }

  @Test
  void theTestFollowsFromTheNumberOfSeeds() {
    assertThat(test(2, 2, 0).kind()).isEqualTo(SeedTest.Kind.PERMUTATION);
    assertThat(test(2, 2, 0).leastP()).isCloseTo(1 / 3.0, within(1e-15));
    assertThat(test(5, 5, 0).kind()).isEqualTo(SeedTest.Kind.PERMUTATION);
    assertThat(test(5, 5, 0).leastP()).isCloseTo(2 / 252.0, within(1e-15));
    assertThat(test(5, 5, 100).p()).isCloseTo(2 / 252.0, within(1e-15));
    assertThat(test(6, 8, 0).kind()).isEqualTo(SeedTest.Kind.SIGN_FLIP);
    assertThat(test(6, 8, 0).n()).isEqualTo(6);
    assertThat(test(6, 6, 100).p()).isCloseTo(2 / 64.0, within(1e-15));
    assertThat(test(21, 30, 0).kind()).isEqualTo(SeedTest.Kind.PAIRED_T);
    assertThat(test(5, 300, 0).kind()).isEqualTo(SeedTest.Kind.WELCH_T);
  }

  @Test
  void pairsGiveTheIntervalAndTheEffect() {
    SeedTest test =
        SeedTest.of(scores(3, 5, 7.0), new TreeMap<>(java.util.Map.of(1, 2.0, 2, 3.0, 3, 4.0)), 1);
    // differences 1, 2, 3: mean 2, t of 0.975 with 2 degrees of freedom 4.302653
    assertThat(test.meanDifference()).isEqualTo(2);
    assertThat(test.interval().low()).isCloseTo(2 - 4.302653 / Math.sqrt(3), within(1e-6));
    assertThat(test.effectSize()).isCloseTo(2, within(1e-12));
  }

  @Test
  void seedsOfOneSideOnlyAreNoPairs() {
    SortedMap<Integer, Double> late = new TreeMap<>(java.util.Map.of(8, 1.0, 9, 2.0));
    SeedTest test = SeedTest.of(scores(1, 2), late, 1);
    assertThat(test.interval().defined()).isFalse();
    assertThat(test.meanDifference()).isEqualTo(0);
  }

  @Test
  void aDifferenceCountsIfBeyondNoiseAndSignificantInItsFamily() {
    SortedMap<Integer, Double> baseline = scores(0.80, 0.81, 0.82, 0.83, 0.84);
    SortedMap<Integer, Double> lower = scores(0.70, 0.71, 0.72, 0.73, 0.74);
    SortedMap<Integer, Double> same = scores(0.81, 0.80, 0.83, 0.82, 0.84);
    List<Comparison> family =
        Comparison.family(List.of(new Sides<>(lower, baseline), new Sides<>(same, baseline)));
    assertThat(family.get(0).verdict()).isEqualTo(Verdict.LOWER);
    assertThat(family.get(0).adjustedP().orElseThrow()).isCloseTo(4 / 252.0, within(1e-12));
    assertThat(family.get(1).verdict()).isEqualTo(Verdict.NOT_DISTINGUISHABLE);
    assertThat(family.get(1).family()).isEqualTo(2);
  }

  @Test
  void whereNoExactTestCanDecideAFamilyStudentsDoes() {
    SortedMap<Integer, Double> baseline = scores(0.80, 0.81, 0.82, 0.83, 0.84);
    List<Sides<Integer>> sides = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      sides.add(new Sides<>(scores(0.70, 0.72, 0.72, 0.73, 0.74), baseline));
    }
    List<Comparison> seven = Comparison.family(sides);
    assertThat(seven).extracting(Comparison::verdict).containsOnly(Verdict.LOWER);
    assertThat(seven.get(0).test().orElseThrow().kind()).isEqualTo(SeedTest.Kind.PAIRED_T);
    Comparison six = Comparison.family(sides.subList(0, 6)).get(0);
    assertThat(six.test().orElseThrow().kind()).isEqualTo(SeedTest.Kind.PERMUTATION);
    assertThat(six.verdict()).isEqualTo(Verdict.LOWER);
  }

  @Test
  void equalDifferencesAreNoReasonToSayNothing() {
    SortedMap<Integer, Double> baseline = scores(0.80, 0.81, 0.82, 0.83, 0.84);
    List<Sides<Integer>> sides = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      sides.add(new Sides<>(scores(0.70, 0.71, 0.72, 0.73, 0.74), baseline));
    }
    assertThat(Comparison.family(sides))
        .extracting(Comparison::verdict)
        .containsOnly(Verdict.LOWER);
  }

  @Test
  void twoSeedsAreTooFewAndItIsSaidHowManyWouldDo() {
    Comparison two =
        Comparison.family(List.of(new Sides<>(scores(0.70, 0.72), scores(0.80, 0.81)))).get(0);
    assertThat(two.verdict()).isEqualTo(Verdict.TOO_FEW_SEEDS);
    assertThat(two.moreSeeds()).hasValue(1);
    Comparison open =
        Comparison.family(
                List.of(
                    new Sides<>(
                        scores(0.80, 0.81, 0.82, 0.83, 0.84),
                        scores(0.81, 0.80, 0.82, 0.82, 0.84))))
            .get(0);
    assertThat(open.verdict()).isEqualTo(Verdict.NOT_DISTINGUISHABLE);
    assertThat(open.moreSeeds().orElseThrow()).isGreaterThan(20);
  }

  /** The test would find so steady a difference at once, but the spread of the scores is larger. */
  @Test
  void moreSeedsAreEnoughToBeBeyondNoiseToo() {
    Comparison steady =
        Comparison.family(List.of(new Sides<>(scores(0.61, 0.71, 0.82), scores(0.60, 0.70, 0.80))))
            .get(0);
    assertThat(steady.verdict()).isEqualTo(Verdict.NOT_DISTINGUISHABLE);
    double ratio = steady.noise().noise().orElseThrow() / steady.noise().difference().orElseThrow();
    assertThat(steady.moreSeeds()).hasValue((int) Math.floor(3 * ratio * ratio) + 1 - 3);
  }

  /** 0.5 - 0.4 and 0.8 - 0.7 differ in the last bits; on paper they are one. */
  @Test
  void differencesThatAreEqualOnPaperHaveNoSpread() {
    SortedMap<Integer, Double> variant = new TreeMap<>();
    SortedMap<Integer, Double> baseline = new TreeMap<>();
    for (int i = 0; i < 5; i++) {
      variant.put(i, (600 + 7 * i) / 872.0);
      baseline.put(i, (620 + 7 * i) / 872.0);
    }
    SeedTest test = SeedTest.of(variant, baseline, 9);
    assertThat(test.effectSize()).isNaN();
    assertThat(test.kind()).isEqualTo(SeedTest.Kind.WELCH_T);
    assertThat(test.p()).isBetween(1e-4, 0.1);
  }

  @Test
  void oneSeedAndNoScoreTellNothing() {
    List<Comparison> family =
        Comparison.family(
            List.of(
                new Sides<>(scores(0.9), scores(0.1)), new Sides<>(scores(), scores(0.1, 0.2))));
    assertThat(family).extracting(Comparison::verdict).containsOnly(Verdict.UNKNOWN);
    assertThat(family.get(1).test()).isEmpty();
    assertThat(family.get(1).moreSeeds()).isEmpty();
  }

  /** Noise alone is called a finding in at most 5 % of the families. */
  @Test
  void noiseIsRarelyAFinding() {
    SplittableRandom random = new SplittableRandom(8);
    int families = 400;
    int wrong = 0;
    for (int i = 0; i < families; i++) {
      SortedMap<Integer, Double> baseline = noise(random, 0);
      List<Sides<Integer>> sides = new ArrayList<>();
      for (int j = 0; j < 3; j++) {
        sides.add(new Sides<>(noise(random, 0), baseline));
      }
      wrong +=
          Comparison.family(sides).stream()
                  .anyMatch(c -> c.verdict() == Verdict.HIGHER || c.verdict() == Verdict.LOWER)
              ? 1
              : 0;
    }
    assertThat(wrong).isLessThanOrEqualTo((int) (families * 0.05) + 9);
  }

  @Test
  void powerIsWhatTheTextbookSays() {
    // n = 2 (z0.975 + z0.8)² (s/d)² = 15.7 (s/d)²: with 17 a side a t test finds one s (Cohen 1988)
    assertThat(Power.resolvable(1, 17, 1)).isCloseTo(0.99, within(0.01));
    assertThat(Power.resolvable(2, 17, 1)).isCloseTo(1.98, within(0.02));
    assertThat(Power.resolvable(1, 5, 1)).isCloseTo(2.02, within(0.01));
    assertThat(Power.resolvable(1, 2, 1)).isInfinite();
    assertThat(Power.resolvable(1, 3, 1)).isCloseTo(3.03, within(0.01));
    assertThat(Power.resolvable(1, 5, 7)).isGreaterThan(Power.resolvable(1, 5, 1));
    assertThat(Power.pairsFor(1, 1, 1)).hasValue(10);
    assertThat(Power.pairsFor(0.5, 1, 1).orElseThrow()).isBetween(33, 35);
    assertThat(Power.pairsFor(1e-9, 1, 1)).isEmpty();
    // 2.8 · √(0.1 / 408)
    assertThat(Power.resolvableAccuracy(408, 0.1, 1)).isCloseTo(0.0439, within(1e-4));
  }

  @Test
  void powerIsSaidInASentence() {
    assertThat(Power.sentence(5, 3))
        .isEqualTo(
            "5 seeds in 3 comparisons find a difference of 2.5 standard deviations of a variant's"
                + " seeds with 80 % power");
    assertThat(Power.sentence(1, 1)).startsWith("1 seed in 1 comparison are too few");
  }

  /** The power that is claimed is the power that there is. */
  @Test
  void theResolvableDifferenceIsFound() {
    SplittableRandom random = new SplittableRandom(9);
    double difference = Power.resolvable(1, 5, 1);
    int found = 0;
    int studies = 500;
    for (int i = 0; i < studies; i++) {
      Comparison comparison =
          Comparison.family(List.of(new Sides<>(noise(random, difference), noise(random, 0))))
              .get(0);
      found += comparison.verdict() == Verdict.HIGHER ? 1 : 0;
    }
    assertThat(found / (double) studies).isBetween(0.70, 0.88);
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
  void oneSeedTiesWithEveryone() {
    SeedSummary one = SeedSummary.of(new double[] {0.9}, 0);
    SeedSummary two = SeedSummary.of(new double[] {0.1, 0.2}, 0);
    assertThat(TieGroups.of(List.of(one, two)).groups()).hasSize(1);
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

  private static SeedTest test(int variant, int baseline, double difference) {
    SortedMap<Integer, Double> a = new TreeMap<>();
    SortedMap<Integer, Double> b = new TreeMap<>();
    for (int i = 0; i < variant; i++) {
      a.put(i, difference + i);
    }
    for (int i = 0; i < baseline; i++) {
      b.put(i, (double) (i % 7));
    }
    return SeedTest.of(a, b, 1);
  }

  private static SortedMap<Integer, Double> noise(SplittableRandom random, double mean) {
    SortedMap<Integer, Double> scores = new TreeMap<>();
    for (int seed = 1; seed <= 5; seed++) {
      scores.put(seed, mean + random.nextGaussian());
    }
    return scores;
  }

  private static SortedMap<Integer, Double> scores(double... scores) {
    SortedMap<Integer, Double> bySeed = new TreeMap<>();
    for (int i = 0; i < scores.length; i++) {
      bySeed.put(i + 1, scores[i]);
    }
    return bySeed;
  }
}
