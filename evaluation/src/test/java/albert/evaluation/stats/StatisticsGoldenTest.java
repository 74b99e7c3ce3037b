package albert.evaluation.stats;

import static albert.evaluation.GoldenCases.assertClose;
import static albert.evaluation.GoldenCases.assertProbability;
import static albert.evaluation.GoldenCases.numbers;
import static org.assertj.core.api.Assertions.assertThat;

import albert.evaluation.GoldenCases;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

@Tag("golden")
final class StatisticsGoldenTest {
  private static final int REPLICATES = 10_000;

  @TestFactory
  List<DynamicTest> statistics() throws IOException {
    return GoldenCases.lines(
        "statistics",
        golden ->
            check(
                golden.get("procedure").textValue(), golden.get("inputs"), golden.get("expected")));
  }

  private static void check(String procedure, JsonNode in, JsonNode expected) {
    switch (procedure) {
      case "describe" -> describe(in, expected);
      case "student_t_interval" -> studentInterval(in, expected);
      case "paired_t_test" -> {
        TTest test = TTest.paired(numbers(in.get("a")), numbers(in.get("b")));
        assertClose("mean_difference", test.meanDifference(), expected.get("mean_difference"));
        tTest(test, expected);
      }
      case "welch_t_test" ->
          tTest(TTest.welch(numbers(in.get("a")), numbers(in.get("b"))), expected);
      case "wilcoxon_signed_rank" -> wilcoxon(in, expected);
      case "mcnemar_exact", "mcnemar_corrected" -> mcNemar(procedure, in.get("table"), expected);
      case "cohens_d_paired" ->
          assertClose(
              "d",
              EffectSize.cohensDPaired(numbers(in.get("a")), numbers(in.get("b"))),
              expected.get("d"));
      case "holm" -> adjusted(Correction.HOLM, in, expected);
      case "benjamini_hochberg" -> adjusted(Correction.BENJAMINI_HOCHBERG, in, expected);
      case "pearson_test" -> {
        CorrelationTest test = CorrelationTest.pearson(numbers(in.get("a")), numbers(in.get("b")));
        assertClose("r", test.coefficient(), expected.get("r"));
        assertProbability(test.p(), expected.get("p"));
      }
      case "spearman_test" -> {
        CorrelationTest test = CorrelationTest.spearman(numbers(in.get("a")), numbers(in.get("b")));
        assertClose("rho", test.coefficient(), expected.get("rho"));
        assertProbability(test.p(), expected.get("p"));
      }
      case "sign_flip_permutation" -> signFlip(in, expected);
      case "bootstrap_percentile" -> bootstrap(in, expected);
      default -> throw new AssertionError("no procedure " + procedure);
    }
  }

  private static void describe(JsonNode in, JsonNode expected) {
    SampleDescription got = SampleDescription.of(numbers(in.get("sample")));
    assertThat(got.n()).isEqualTo(expected.get("n").intValue());
    assertClose("mean", got.mean(), expected.get("mean"));
    assertClose("standard_deviation", got.standardDeviation(), expected.get("standard_deviation"));
    assertClose("median", got.median(), expected.get("median"));
    assertClose("q1", got.q1(), expected.get("q1"));
    assertClose("q3", got.q3(), expected.get("q3"));
    assertClose("iqr", got.interquartileRange(), expected.get("iqr"));
  }

  private static void studentInterval(JsonNode in, JsonNode expected) {
    double[] sample = numbers(in.get("sample"));
    double level = in.get("level").doubleValue();
    Interval got = Interval.student(sample, level);
    assertClose("low", got.low(), expected.get("low"));
    assertClose("high", got.high(), expected.get("high"));
    assertClose("half_width", Interval.studentHalfWidth(sample, level), expected.get("half_width"));
  }

  private static void tTest(TTest got, JsonNode expected) {
    assertClose("t", got.t(), expected.get("t"));
    assertClose("df", got.df(), expected.get("df"));
    assertProbability(got.p(), expected.get("p"));
  }

  private static void wilcoxon(JsonNode in, JsonNode expected) {
    double[] a = numbers(in.get("a"));
    double[] b = numbers(in.get("b"));
    boolean normal = "normal".equals(in.get("method").textValue());
    WilcoxonTest got =
        normal
            ? WilcoxonTest.normal(a, b, in.get("continuity_correction").booleanValue())
            : WilcoxonTest.exact(a, b);
    assertClose("statistic", got.statistic(), expected.get("statistic"));
    assertThat(got.n()).isEqualTo(expected.get("n").intValue());
    if (normal) {
      assertClose("z", got.z(), expected.get("z"));
    }
    assertProbability(got.p(), expected.get("p"));
  }

  private static void mcNemar(String procedure, JsonNode table, JsonNode expected) {
    int onlyFirst = table.get(0).get(1).intValue();
    int onlySecond = table.get(1).get(0).intValue();
    McNemarTest got =
        "mcnemar_exact".equals(procedure)
            ? McNemarTest.exact(onlyFirst, onlySecond)
            : McNemarTest.corrected(onlyFirst, onlySecond);
    assertClose("statistic", got.statistic(), expected.get("statistic"));
    assertProbability(got.p(), expected.get("p"));
  }

  private static void adjusted(Correction correction, JsonNode in, JsonNode expected) {
    double[] got = correction.adjust(numbers(in.get("p")));
    assertThat(got).hasSize(expected.get("adjusted").size());
    for (int i = 0; i < got.length; i++) {
      assertProbability(got[i], expected.get("adjusted").get(i));
    }
  }

  private static void signFlip(JsonNode in, JsonNode expected) {
    SignFlipTest got = SignFlipTest.of(numbers(in.get("a")), numbers(in.get("b")));
    assertClose("mean_difference", got.meanDifference(), expected.get("mean_difference"));
    assertThat(got.atLeastAsExtreme()).isEqualTo(expected.get("at_least_as_extreme").longValue());
    assertThat(got.arrangements()).isEqualTo(expected.get("arrangements").longValue());
    assertProbability(got.p(), expected.get("p"));
  }

  private static void bootstrap(JsonNode in, JsonNode expected) {
    ToDoubleFunction<double[]> statistic =
        switch (in.get("statistic").textValue()) {
          case "mean" -> sample -> SampleDescription.of(sample).mean();
          case "median" -> sample -> SampleDescription.of(sample).median();
          default -> throw new AssertionError("no statistic " + in.get("statistic"));
        };
    Interval got =
        Interval.bootstrap(
            numbers(in.get("sample")),
            statistic,
            in.get("level").doubleValue(),
            REPLICATES,
            new SplittableRandom(1));
    double tolerance = expected.get("tolerance").doubleValue();
    assertThat(Math.abs(got.low() - expected.get("low").doubleValue()))
        .isLessThanOrEqualTo(tolerance);
    assertThat(Math.abs(got.high() - expected.get("high").doubleValue()))
        .isLessThanOrEqualTo(tolerance);
  }
}
