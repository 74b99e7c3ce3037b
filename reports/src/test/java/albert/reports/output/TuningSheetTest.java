package albert.reports.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import albert.evaluation.record.Score;
import albert.reports.summary.ReportModel;
import albert.reports.summary.TuningSearch;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a search over settings finds with a smaller budget. */
class TuningSheetTest {

  @Test
  void theExpectedBestIsToldUpToTheNumberOfRuns() {
    ManyTasks runs = new ManyTasks();
    runs.with(Map.of("learning_rate", 1e-5)).add("rte", "none", 0.61, 0.62, 0.63);
    runs.with(Map.of("learning_rate", 3e-5)).add("rte", "none", 0.64, 0.65);
    runs.with(Map.of("learning_rate", 1e-5)).add("rte", "all", 0.5, 0.5, 0.5, 0.5, 0.5);
    runs.with(Map.of("learning_rate", 3e-5)).add("rte", "all", 0.75, 0.75, 0.75, 0.75, 0.75);
    runs.run("rte", "all", 6, List.of());
    Score undefined = Score.absent("rte", "accuracy", "dev", "no examples", 0, "last");
    runs.run("rte", "all", 7, List.of(undefined)).run("rte", "all", 8, List.of(undefined));
    Sheet sheet = TuningSheet.of(ReportModel.of(ManyTasks.study(false), runs.runs()));
    // the maximum of n is 0.65 - 0.01 Σ (i/5)^n over i = 1 … 4; of two values with equal chances it
    // is 0.75 - 0.25/2^n
    double two = 0.65 - 0.01 * (1 + 4 + 9 + 16) / 25;
    double five = 0.65 - 0.01 * (1 + 32 + 243 + 1024) / 3125;
    List<TuningSearch> searches =
        TuningSearch.of(ReportModel.of(ManyTasks.study(false), runs.runs()));
    TuningSearch none =
        searches.stream().filter(s -> s.scores().size() == 5).findFirst().orElseThrow();
    assertThat(none.expectedBest(1).orElseThrow()).isCloseTo(0.63, within(1e-12));
    assertThat(none.expectedBest(2).orElseThrow()).isCloseTo(two, within(1e-12));
    assertThat(none.expectedBest(5).orElseThrow()).isCloseTo(five, within(1e-12));
    assertThat(none.expectedBest(10)).isEmpty();
    assertThat(Markdown.table(sheet).lines())
        .contains(
            "| model | metric | runs (values of the keys) | 1 run (expected best) | 2 runs (expected"
                + " best) | 5 runs (expected best) | 10 runs (expected best) |",
            "| not shared, rte | rte accuracy | 5 (2 of learning_rate) | 0.6300 | 0.6380 | 0.6458 | – |",
            "| shared, rte | rte accuracy | 10 (2 of learning_rate, 1 failed, 2 undefined) | 0.6250 | 0.6875 | 0.7422 |"
                + " 0.7498 |")
        .hasSize(4);
    assertThat(Csv.sheet(sheet).columnNames())
        .containsExactly(
            "variant",
            "metric",
            "runs",
            "runs_failed",
            "runs_undefined",
            "expected_best_of_1",
            "expected_best_of_2",
            "expected_best_of_5",
            "expected_best_of_10");
  }

  @Test
  void theBestLossIsTheLeast() {
    ManyTasks runs = new ManyTasks();
    runs.with(Map.of("batch_size", 16)).add("lm", "none", "loss", 1, 1, 1);
    runs.with(Map.of("batch_size", 32)).add("lm", "none", "loss", 2, 2, 2);
    runs.with(Map.of("batch_size", 32)).add("lm", "all", "loss", 2, 2, 2);
    List<TuningSearch> searches =
        TuningSearch.of(ReportModel.of(ManyTasks.study(false), runs.runs()));
    assertThat(searches).hasSize(1);
    assertThat(searches.get(0).expectedBest(2).orElseThrow()).isCloseTo(1.25, within(1e-12));
  }

  /** Of fewer than five runs of a model, or of one value, there is none. */
  @Test
  void thereIsNoneWhereThereWasNoSearch() {
    ManyTasks few = new ManyTasks();
    few.with(Map.of("learning_rate", 1e-5)).add("rte", "none", 0.6, 0.61);
    few.with(Map.of("learning_rate", 3e-5)).add("rte", "none", 0.62, 0.63);
    few.with(Map.of("learning_rate", 1e-5)).add("rte", "all", 0.6, 0.61, 0.62, 0.63, 0.64, 0.65);
    assertThat(TuningSheet.of(ReportModel.of(ManyTasks.study(false), few.runs())).isEmpty())
        .isTrue();
    assertThat(TuningSheet.of(ReportModel.of(MadeUp.study(), MadeUp.runs())).isEmpty()).isTrue();
  }
}
