package albert.evaluation.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class SeedSummaryTest {

  @Test
  void threeSeedsAndAFailedOne() {
    SeedSummary summary = SeedSummary.of(new double[] {3, 1, 2}, 1);
    assertThat(summary.n()).isEqualTo(3);
    assertThat(summary.failed()).isEqualTo(1);
    assertThat(summary.mean()).hasValue(2);
    assertThat(summary.standardDeviation()).hasValue(1);
    assertThat(summary.median()).hasValue(2);
    assertThat(summary.min()).hasValue(1);
    assertThat(summary.max()).hasValue(3);
    // t of 0.975 with 2 degrees of freedom is 4.302653
    assertThat(summary.interval().low()).isCloseTo(2 - 2.4841377, within(1e-6));
    assertThat(summary.clearlyAbove(-0.485)).isTrue();
    assertThat(summary.clearlyAbove(-0.484)).isFalse();
  }

  @Test
  void oneSeedHasNoSpread() {
    SeedSummary summary = SeedSummary.of(new double[] {0.7}, 0);
    assertThat(summary.mean()).hasValue(0.7);
    assertThat(summary.standardDeviation()).isEmpty();
    assertThat(summary.interval().defined()).isFalse();
    assertThat(summary.clearlyAbove(0)).isFalse();
  }

  @Test
  void noSeedHasNoMean() {
    SeedSummary summary = SeedSummary.of(new double[0], 2);
    assertThat(summary.mean()).isEmpty();
    assertThat(summary.clearlyAbove(-1)).isFalse();
  }

  @Test
  void aFailedScoreIsNotAveraged() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SeedSummary.of(new double[] {0.7, Double.NaN}, 0))
        .withMessageContaining("figure 1 of the sample is NaN");
  }

  @Test
  void constantScoresHaveNoSpreadAtAll() {
    double[] scores = {0.7, 0.7, 0.7, 0.7, 0.7, 0.7, 0.7, 0.7, 0.7, 0.7};
    SeedSummary summary = SeedSummary.of(scores, 0);
    assertThat(summary.standardDeviation()).hasValue(0);
    assertThat(summary.mean()).hasValue(0.7);
    assertThat(summary.interval()).isEqualTo(new Interval(0.7, 0.7));
  }

  @Test
  void designsDrawWhatTheySay() {
    SplittableRandom random = new SplittableRandom(1);
    MultiBootstrap.Draw paired =
        new MultiBootstrap.Design(true, true, true).draw(random, 5, 5, 100);
    assertThat(paired.baseSeeds()).isEqualTo(paired.experimentSeeds()).hasSize(5);
    assertThat(paired.items()).hasSize(100);
    assertThat(Arrays.stream(paired.items()).distinct().count()).isBetween(40L, 90L);
    MultiBootstrap.Draw fixed =
        new MultiBootstrap.Design(false, false, false).draw(random, 2, 3, 4);
    assertThat(fixed.baseSeeds()).containsExactly(0, 1);
    assertThat(fixed.experimentSeeds()).containsExactly(0, 1, 2);
    assertThat(fixed.items()).containsExactly(0, 1, 2, 3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MultiBootstrap.Design(true, true, true).draw(random, 2, 3, 4))
        .withMessageContaining("paired seeds are 2 and 3");
  }

  @Test
  void anUndefinedReplicateMakesTheResultUndefined() {
    MultiBootstrap.Draw draw = new MultiBootstrap.Draw(new int[1], new int[1], new int[1]);
    MultiBootstrap got =
        MultiBootstrap.of((s, i) -> 0.5, (s, i) -> Double.NaN, List.of(draw, draw));
    assertThat(got.p()).isNaN();
    assertThat(got.delta().interval().defined()).isFalse();
    assertThat(got.base().interval().defined()).isTrue();
  }
}
