package albert.evaluation.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Scores of classes and of sets of labels against hand-worked cases and scikit-learn's. */
final class LabelSetsTest {
  private static final double[][] GOLD = {{1, 1}, {0, 1}};
  private static final double[][] PREDICTED = {{1, 0}, {0, 1}};

  @Test
  void workedByHand() {
    assertThat(score(Metric.ACCURACY, GOLD, PREDICTED)).isEqualTo(0.5);
    assertThat(score(Metric.MACRO_F1, GOLD, PREDICTED)).isCloseTo((1 + 2.0 / 3) / 2, within(1e-15));
    assertThat(score(Metric.MICRO_F1, GOLD, PREDICTED)).isCloseTo(0.8, within(1e-15));
  }

  @Test
  void aLabelThatNoSideHasCountsAsZero() {
    double[][] gold = {{1, 0}, {0, 0}};
    assertThat(score(Metric.MACRO_F1, gold, gold)).isEqualTo(0.5);
    assertThat(score(Metric.MICRO_F1, gold, gold)).isEqualTo(1);
    double[][] none = {{0, 0}};
    assertThat(score(Metric.MICRO_F1, none, none)).isZero();
    assertThat(score(Metric.ACCURACY, none, none)).isEqualTo(1);
  }

  @Test
  void aClassThatNoSideHasIsNoClass() {
    double[] gold = {0, 1, 5};
    assertThat(Metric.MACRO_F1.compute(gold, gold).orNaN()).isEqualTo(1);
    assertThat(Metric.MACRO_F1.compute(gold, new double[] {0, 1, 1}).orNaN())
        .isCloseTo((1 + 2.0 / 3 + 0) / 3, within(1e-15));
    assertThat(Metric.RMSE.compute(new double[] {1, 2}, new double[] {1, 4}).orNaN())
        .isCloseTo(Math.sqrt(2), within(1e-15));
  }

  @Test
  void whatIsUndefinedHasAReason() {
    assertThat(LabelSets.compute(Metric.MACRO_F1, new double[0][], new double[0][]).reason())
        .isEqualTo("no examples");
    double[][] broken = {{1, 0}, {0, Double.NaN}};
    assertThat(LabelSets.compute(Metric.ACCURACY, GOLD, broken).reason())
        .isEqualTo("prediction 1 is NaN");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LabelSets.compute(Metric.PEARSON, GOLD, PREDICTED))
        .withMessageContaining("pearson");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LabelSets.compute(Metric.ACCURACY, GOLD, new double[1][2]));
    double[] huge = {Double.MAX_VALUE};
    assertThat(Metric.RMSE.compute(huge, new double[] {-Double.MAX_VALUE}).reason())
        .contains("too large");
  }

  @Test
  void scikitLearnSaysTheSame() throws IOException {
    JsonNode cases;
    try (InputStream in =
        Objects.requireNonNull(getClass().getResourceAsStream("label-metrics.json"))) {
      cases = new ObjectMapper().readTree(in);
    }
    assertThat(cases.get("classes")).hasSizeGreaterThan(3);
    for (JsonNode one : cases.get("classes")) {
      double[] gold = numbers(one.get("gold"));
      double[] predicted = numbers(one.get("predicted"));
      for (String metric : List.of("accuracy", "macro_f1", "micro_f1", "rmse")) {
        assertThat(Metric.of(metric).orElseThrow().compute(gold, predicted).orNaN())
            .as("%s of %s", metric, one)
            .isCloseTo(one.get(metric).doubleValue(), within(1e-14));
      }
    }
    assertThat(cases.get("sets")).hasSizeGreaterThan(3);
    for (JsonNode one : cases.get("sets")) {
      for (String metric : List.of("accuracy", "macro_f1", "micro_f1")) {
        assertThat(
                score(
                    Metric.of(metric).orElseThrow(),
                    rows(one.get("gold")),
                    rows(one.get("predicted"))))
            .as("%s of %s", metric, one)
            .isCloseTo(one.get(metric).doubleValue(), within(1e-14));
      }
    }
  }

  private static double score(Metric metric, double[][] gold, double[][] predicted) {
    return LabelSets.compute(metric, gold, predicted).orNaN();
  }

  private static double[][] rows(JsonNode node) {
    List<double[]> rows = new ArrayList<>();
    node.forEach(row -> rows.add(numbers(row)));
    return rows.toArray(double[][]::new);
  }

  private static double[] numbers(JsonNode node) {
    double[] numbers = new double[node.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = node.get(i).doubleValue();
    }
    return numbers;
  }
}
