package albert.evaluation.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import albert.evaluation.metric.BenchmarkAverage.Needed;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchmarkAverageTest {

  private static Function<Needed, OptionalDouble> of(Map<String, Double> scores) {
    return needed -> {
      Double value = scores.get(needed.toString());
      return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    };
  }

  @Test
  void glueCountsMnliOnceAndMissesNothing() {
    Map<String, Double> scores = new TreeMap<>();
    BenchmarkAverage.GLUE.needed().forEach(needed -> scores.put(needed.toString(), 0.5));
    assertThat(scores).hasSize(13);
    scores.put("mnli accuracy", 0.9);
    scores.put("mnli accuracy (dev-mismatched)", 0.7);
    scores.put("mrpc f1", 1.0);
    scores.put("ax matthews_correlation", 0.0);
    // seven tasks with 0.5, MNLI 0.8, MRPC 0.75
    assertThat(BenchmarkAverage.GLUE.of(of(scores)).orNaN())
        .isCloseTo((7 * 0.5 + 0.8 + 0.75) / 9, within(1e-15));
    assertThat(BenchmarkAverage.GLUE_WITHOUT_WNLI.of(of(scores)).orNaN())
        .isCloseTo((6 * 0.5 + 0.8 + 0.75) / 8, within(1e-15));
    scores.remove("rte accuracy");
    scores.put("qqp f1", Double.NaN);
    assertThat(BenchmarkAverage.GLUE.of(of(scores)).value()).isNull();
    assertThat(BenchmarkAverage.GLUE.of(of(scores)).reason())
        .isEqualTo("missing: qqp f1, rte accuracy");
  }

  /** Rows of Table 2 of the ALBERT paper; Avg is printed with one digit. */
  @ParameterizedTest
  @CsvSource({
    "90.4, 83.2, 80.4, 77.6, 84.5, 92.8, 68.2, 82.3", // BERT-base
    "92.2, 85.5, 85.0, 82.2, 86.6, 93.0, 73.9, 85.2", // BERT-large
    "89.3, 82.3, 80.0, 77.1, 81.6, 90.3, 64.0, 80.1", // ALBERT-base
    "90.6, 83.9, 82.3, 79.4, 83.5, 91.7, 68.5, 82.4", // ALBERT-large
    "92.5, 86.1, 86.1, 83.1, 86.4, 92.4, 74.8, 85.5", // ALBERT-xlarge
    "94.1, 88.3, 88.1, 85.1, 88.0, 95.2, 82.3, 88.7" // ALBERT-xxlarge
  })
  void thePapersRuleGivesThePrintedAverages(
      double f1,
      double em,
      double f2,
      double em2,
      double mnli,
      double sst,
      double race,
      double avg) {
    Map<String, Double> scores =
        Map.of(
            "squad-v1.1 f1", f1,
            "squad-v1.1 exact_match", em,
            "squad-v2.0 f1", f2,
            "squad-v2.0 exact", em2,
            "mnli accuracy", mnli / 100,
            "sst-2 accuracy", sst / 100,
            "race accuracy", race / 100);
    assertThat(100 * BenchmarkAverage.ALBERT.of(of(scores)).orNaN()).isCloseTo(avg, within(0.0501));
  }
}
