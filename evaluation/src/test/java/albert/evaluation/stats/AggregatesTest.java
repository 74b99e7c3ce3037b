package albert.evaluation.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Figures of the runs of several tasks, by cases worked by hand. */
final class AggregatesTest {

  @Test
  void theInterquartileMeanIsOfTheMiddleHalf() {
    assertThat(InterquartileMean.of(new double[] {100, 1, 2, 3})).isEqualTo(2.5);
    // (3/4·0 + 1 + 3/4·10) / (5/2)
    assertThat(InterquartileMean.of(new double[] {0, 100, 0, 10, 1})).isCloseTo(3.4, within(1e-12));
    // (1/2·1 + 1/2·3) / 1
    assertThat(InterquartileMean.of(new double[] {3, 1})).isCloseTo(2, within(1e-12));
    // nine figures: 3/4 of the third and the seventh, over 9/2
    assertThat(InterquartileMean.of(new double[] {0, 0, 4, 1, 1, 1, 8, 50, 50}))
        .isCloseTo((0.75 * 1 + 1 + 1 + 4 + 0.75 * 8) / 4.5, within(1e-12));
    assertThat(InterquartileMean.of(new double[] {7})).isEqualTo(7);
    assertThatIllegalArgumentException().isThrownBy(() -> InterquartileMean.of(new double[0]));
  }

  @Test
  void theProbabilityOfImprovementIsTheMeanOfTheTasks() {
    double[] two = {3, 1};
    double[] other = {1, 2};
    assertThat(ProbabilityOfImprovement.of(List.of(two), List.of(other))).isEqualTo(0.625);
    assertThat(ProbabilityOfImprovement.of(List.of(other), List.of(two))).isEqualTo(0.375);
    // on a second task, with other numbers of runs, all are better
    assertThat(
            ProbabilityOfImprovement.of(
                List.of(two, new double[] {5, 6, 7}), List.of(other, new double[] {4})))
        .isEqualTo((0.625 + 1) / 2);
    assertThat(ProbabilityOfImprovement.of(List.of(two), List.of(two))).isEqualTo(0.5);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProbabilityOfImprovement.of(List.of(two), List.of()));
  }

  /** All runs of each task are equal, so that drawing within the tasks changes nothing. */
  @Test
  void runsAreDrawnWithinTheirTask() {
    double[] zeros = new double[20];
    double[] ones = new double[20];
    Arrays.fill(ones, 1);
    StratifiedBootstrap found =
        StratifiedBootstrap.of(List.of(zeros, ones), AggregatesTest::mean, 0.95);
    assertThat(found.estimate()).isEqualTo(0.5);
    assertThat(found.interval()).isEqualTo(new Interval(0.5, 0.5));
  }

  /** The mean of n draws from n runs has the standard error s √((n - 1)/n) / √n. */
  @Test
  void theIntervalIsThatOfTheMeanWhereThatIsKnown() {
    SplittableRandom random = new SplittableRandom(9);
    double[] a = random.doubles(200).toArray();
    double[] b = random.doubles(200).map(x -> 5 + 3 * x).toArray();
    StratifiedBootstrap found = StratifiedBootstrap.of(List.of(a, b), AggregatesTest::mean, 0.95);
    double error =
        Math.sqrt(
                Math.pow(Samples.standardDeviation(a), 2)
                    + Math.pow(Samples.standardDeviation(b), 2))
            / 2
            / Math.sqrt(200);
    assertThat(found.interval().low())
        .isCloseTo(found.estimate() - 1.96 * error, within(0.15 * error));
    assertThat(found.interval().high())
        .isCloseTo(found.estimate() + 1.96 * error, within(0.15 * error));
    assertThat(StratifiedBootstrap.of(List.of(a, b), AggregatesTest::mean, 0.95)).isEqualTo(found);
  }

  @Test
  void fewRunsOnAnyTaskHaveNoInterval() {
    double[] enough = new SplittableRandom(1).doubles(20).toArray();
    double[] few = new SplittableRandom(2).doubles(19).toArray();
    assertThat(
            StratifiedBootstrap.of(List.of(enough, enough), InterquartileMean::of, 0.95)
                .interval()
                .defined())
        .isTrue();
    StratifiedBootstrap found =
        StratifiedBootstrap.of(List.of(enough, few), InterquartileMean::of, 0.95);
    assertThat(found.interval().defined()).isFalse();
    assertThat(found.estimate()).isBetween(0.2, 0.8);
  }

  @Test
  void theExpectedMaximumIsOfDrawsWithReplacement() {
    double[] scores = {3, 1, 2};
    assertThat(ExpectedMaximum.of(scores, 1)).isCloseTo(2, within(1e-12));
    // of the nine pairs one has the maximum 1, three 2 and five 3
    assertThat(ExpectedMaximum.of(scores, 2)).isCloseTo(22.0 / 9, within(1e-12));
    // of the 27 triples one has the maximum 1, seven 2 and nineteen 3
    assertThat(ExpectedMaximum.of(scores, 3)).isCloseTo(72.0 / 27, within(1e-12));
    assertThat(ExpectedMaximum.of(new double[] {0.5, 0.5}, 7)).isCloseTo(0.5, within(1e-12));
    assertThat(ExpectedMaximum.of(scores, 1000)).isCloseTo(3, within(1e-12));
    assertThatIllegalArgumentException().isThrownBy(() -> ExpectedMaximum.of(scores, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> ExpectedMaximum.of(new double[0], 1));
  }

  private static double mean(double[] sample) {
    return Arrays.stream(sample).average().orElseThrow();
  }
}
