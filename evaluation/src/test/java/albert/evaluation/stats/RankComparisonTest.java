package albert.evaluation.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RankComparisonTest {
  /**
   * AUC of four decision trees on 14 data sets: Demšar (2006), table 6. The third of voting's is
   * printed as 0.975 but ranked before the fourth.
   */
  private static final List<double[]> DEMSAR =
      List.of(
          new double[] {0.763, 0.768, 0.771, 0.798},
          new double[] {0.599, 0.591, 0.590, 0.569},
          new double[] {0.954, 0.971, 0.968, 0.967},
          new double[] {0.628, 0.661, 0.654, 0.657},
          new double[] {0.882, 0.888, 0.886, 0.898},
          new double[] {0.936, 0.931, 0.916, 0.931},
          new double[] {0.661, 0.668, 0.609, 0.685},
          new double[] {0.583, 0.583, 0.563, 0.625},
          new double[] {0.775, 0.838, 0.866, 0.875},
          new double[] {1.000, 1.000, 1.000, 1.000},
          new double[] {0.940, 0.962, 0.965, 0.962},
          new double[] {0.619, 0.666, 0.614, 0.669},
          new double[] {0.972, 0.981, 0.97501, 0.975},
          new double[] {0.957, 0.978, 0.946, 0.970});

  /** Demšar (2006), table 5a: the studentized range over √2. */
  @ParameterizedTest
  @CsvSource({
    "2, 1.960, 1.645",
    "3, 2.343, 2.052",
    "4, 2.569, 2.291",
    "5, 2.728, 2.459",
    "6, 2.850, 2.589",
    "7, 2.949, 2.693",
    "8, 3.031, 2.780",
    "9, 3.102, 2.855",
    "10, 3.164, 2.920",
  })
  void criticalValuesAreThePublishedOnes(int models, double at5, double at10) {
    assertThat(StudentizedRange.critical(0.05, models) / Math.sqrt(2)).isCloseTo(at5, within(1e-3));
    assertThat(StudentizedRange.critical(0.10, models) / Math.sqrt(2))
        .isCloseTo(at10, within(1e-3));
  }

  /** The range of two normal figures is √2 |z|. */
  @Test
  void theRangeOfTwoIsANormalDistance() {
    assertThat(StudentizedRange.critical(0.05, 2))
        .isCloseTo(1.959963985 * Math.sqrt(2), within(1e-6));
  }

  @Test
  void demsarsExampleComesOut() {
    RankComparison found = RankComparison.of(DEMSAR, 0.05);
    List<Double> published = List.of(3.143, 2.000, 2.893, 1.964);
    for (int i = 0; i < 4; i++) {
      assertThat(found.ranks().get(i)).isCloseTo(published.get(i), within(5e-4));
    }
    assertThat(found.chiSquare()).isCloseTo(9.28, within(5e-3));
    assertThat(found.f()).isCloseTo(3.69, within(5e-3));
    // the critical value of F(3, 39) is 2.85 at 0.05
    assertThat(found.p()).isBetween(0.01, 0.05);
    assertThat(found.anyDifference()).isTrue();
    assertThat(found.criticalDifference()).isCloseTo(1.25, within(5e-3));
    // "the difference between best and worst is already smaller than that" (section 3.2.2)
    assertThat(found.groups()).containsExactly(List.of(3, 1, 2, 0));
    assertThat(RankComparison.of(DEMSAR, 0.10).criticalDifference()).isCloseTo(1.12, within(5e-3));
  }

  /** Ranks 1, 2, 3 on each of five tasks; the critical difference is 2.3437 √(12/30) = 1.482. */
  @Test
  void groupsAreTheMaximalRunsCloserThanTheCriticalDifference() {
    RankComparison found =
        RankComparison.of(Collections.nCopies(5, new double[] {0.5, 0.9, 0.7}), 0.05);
    assertThat(found.ranks()).containsExactly(3.0, 1.0, 2.0);
    assertThat(found.f()).isInfinite();
    assertThat(found.p()).isCloseTo(Math.pow(1 / 6.0, 4), within(1e-15));
    assertThat(found.criticalDifference()).isCloseTo(1.482, within(1e-3));
    assertThat(found.groups()).containsExactly(List.of(1, 2), List.of(2, 0));
  }

  /** Five tosses of a coin: that all fall alike has probability 2/32. */
  @Test
  void twoModelsOnFiveTasksAreNotToldApart() {
    RankComparison found = RankComparison.of(Collections.nCopies(5, new double[] {1, 2}), 0.05);
    assertThat(found.p()).isCloseTo(0.0625, within(1e-15));
    assertThat(found.criticalDifference()).isLessThan(1);
    assertThat(found.groups()).containsExactly(List.of(1, 0));
    RankComparison eight = RankComparison.of(Collections.nCopies(8, new double[] {1, 2}), 0.05);
    assertThat(eight.anyDifference()).isTrue();
    assertThat(eight.groups()).isEmpty();
  }

  @Test
  void equalModelsDoNotDiffer() {
    RankComparison found = RankComparison.of(Collections.nCopies(6, new double[] {1, 1, 1}), 0.05);
    assertThat(found.ranks()).containsExactly(2.0, 2.0, 2.0);
    assertThat(found.chiSquare()).isCloseTo(0, within(1e-12));
    assertThat(found.p()).isCloseTo(1, within(1e-12));
    assertThat(found.groups()).containsExactly(List.of(0, 1, 2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RankComparison.of(List.of(new double[] {1, 2}), 0.05));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RankComparison.of(List.of(new double[] {1, 2}, new double[] {1}), 0.05));
  }
}
