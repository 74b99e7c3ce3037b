package albert.reports.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class BenchComparisonTest {
  private static final BenchCase CENTRE = BenchPoints.of(8, 128);

  @Test
  void aCurveHasThePointsThatDifferOnItsAxisAlone() {
    BenchPoint centre = BenchPoints.point(CENTRE, 8);
    BenchPoint small = BenchPoints.point(BenchPoints.of(1, 128), 1);
    BenchPoint large = BenchPoints.point(BenchPoints.of(32, 128), 32);
    BenchPoint longer = BenchPoints.point(BenchPoints.of(8, 512), 40);
    BenchPoint both = BenchPoints.point(BenchPoints.of(1, 512), 5);
    BenchCase wide =
        BenchPoints.with(
            BenchPoints.with(
                BenchPoints.with(CENTRE, "hidden_size", 512), "num_attention_heads", 8),
            "intermediate_size",
            2048);
    BenchPoint wider = BenchPoints.point(wide, 30);
    List<BenchPoint> points = List.of(centre, large, small, longer, both, wider);
    assertThat(BenchAxis.BATCH.curve(CENTRE, points)).containsExactly(small, centre, large);
    assertThat(BenchAxis.LENGTH.curve(CENTRE, points)).containsExactly(centre, longer);
    assertThat(BenchAxis.WIDTH.curve(CENTRE, points)).containsExactly(centre, wider);
    assertThat(BenchAxis.DEPTH.curve(CENTRE, points)).containsExactly(centre);
    assertThat(BenchAxis.WIDTH.value(wide)).isEqualTo(512);
  }

  /** 12 ms are 1.2 times 10 ms. */
  @Test
  void findsWhatIsSlowerAndWhatIsAlone() {
    BenchPoint slow = BenchPoints.point(CENTRE, 12);
    BenchPoint mine = BenchPoints.point(BenchPoints.of(1, 128), 1);
    BenchPoint theirs = BenchPoints.point(BenchPoints.of(2, 128), 2, "T");
    BenchComparison compared =
        new BenchComparison(
            List.of(slow, mine), List.of(theirs, BenchPoints.point(CENTRE, 10, "T")));
    assertThat(compared.slower(1.19)).containsExactly(slow);
    assertThat(compared.slower(1.21)).isEmpty();
    assertThat(compared.onlyOwn()).containsExactly(mine);
    assertThat(compared.onlyOther()).containsExactly(theirs);
    assertThat(compared.otherProgram()).isEqualTo("T");
  }

  /** Files of before a knob existed stay comparable; those with another value do not. */
  @Test
  void aKeyThatOneFileLacksIsPassedOver() {
    BenchCase younger = BenchPoints.with(CENTRE, "new_knob", 0);
    assertThat(younger.isSameAs(CENTRE)).isTrue();
    assertThat(CENTRE.isSameAs(younger)).isTrue();
    assertThat(younger.isSameAs(BenchPoints.with(CENTRE, "new_knob", 1))).isFalse();
    assertThat(CENTRE.isSameAs(BenchPoints.of(8, 64))).isFalse();
  }
}
