package albert.reports.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AxisTest {
  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-12, 0.001, 0.25, 0.5, 0.95, 1, 5, 123, 41_200, 1.1e7})
  void equalValuesHaveAReadableAxis(double value) {
    Axis axis = Axis.linear(new double[] {value, value});
    assertThat(axis.ticks()).hasSizeBetween(3, 8);
    assertThat(axis.ticks()).extracting(Axis.Tick::label).doesNotHaveDuplicates();
    assertThat(axis.low()).isNotNegative().isLessThanOrEqualTo(value);
    assertThat(axis.high()).isGreaterThan(value);
    assertThat(axis.high() - axis.low()).as("no scale of nothing").isGreaterThan(1e-5);
    assertThat(axis.ticks())
        .extracting(Axis.Tick::label)
        .allSatisfy(label -> assertThat(label).hasSizeLessThanOrEqualTo(7));
  }

  @Test
  void scoresThatAreAllPerfectEndAtOne() {
    Axis axis = Axis.linear(new double[] {1, 1, 1});
    assertThat(axis.ticks().get(axis.ticks().size() - 1).label()).isEqualTo("1.00");
    assertThat(Axis.linear(new double[] {0.5}).ticks())
        .extracting(Axis.Tick::label)
        .containsExactly("0.46", "0.48", "0.50", "0.52", "0.54");
  }

  @Test
  void valuesThatDifferByRoundingAreEqual() {
    Axis axis = Axis.linear(new double[] {0.1 + 0.2, 0.3});
    assertThat(axis.high() - axis.low()).isGreaterThan(0.05);
    Axis zero = Axis.linear(new double[] {0, 1e-17});
    assertThat(zero.ticks()).extracting(Axis.Tick::label).contains("0.00", "0.10");
  }

  @Test
  void equalNegativeValuesLieInsideToo() {
    Axis axis = Axis.linear(new double[] {-0.02, -0.02});
    assertThat(axis.position(-0.02)).isBetween(0.4, 0.6);
    assertThat(axis.ticks()).extracting(Axis.Tick::label).doesNotHaveDuplicates();
  }

  /**
   * A bag of words above and a guess below both belong in, unless they press the values together.
   */
  @Test
  void aLineIsDrawnUpToThreeTimesAsFarOffAsTheValuesReach() {
    double[] values = {0.80, 0.86};
    ReferenceLine near = new ReferenceLine("near", 0.75);
    ReferenceLine below = new ReferenceLine("below", 0.63);
    ReferenceLine above = new ReferenceLine("above", 1.03);
    ReferenceLine far = new ReferenceLine("far", 0.61);
    assertThat(ReferenceLine.near(List.of(near, below, above, far), values))
        .containsExactly(near, below, above);
    assertThat(ReferenceLine.near(List.of(far), values)).isEmpty();
    assertThat(ReferenceLine.near(List.of(), values)).isEmpty();
    assertThat(ReferenceLine.near(List.of(near), new double[] {0.8, 0.8})).containsExactly(near);
  }
}
