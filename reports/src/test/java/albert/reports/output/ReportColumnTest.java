package albert.reports.output;

import static org.assertj.core.api.Assertions.assertThat;

import albert.evaluation.record.AllReduceCost;
import albert.evaluation.record.Performance;
import albert.evaluation.record.RunRecord;
import albert.evaluation.record.Score;
import albert.reports.summary.ReportMetric;
import albert.reports.summary.ReportModel;
import albert.reports.summary.ReportRow;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReportColumnTest {
  @ParameterizedTest
  @EnumSource(
      value = ReportColumn.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"ALL_REDUCE", "FAILURES", "UNDEFINED"})
  void hasAHeadingAndAFigureForAFinishedVariant(ReportColumn column) {
    ReportModel model = ReportModel.of(MadeUp.study(), MadeUp.runs());
    ReportMetric metric = model.metrics().get(0);
    Cell cell = column.cell(model, model.rows().get(1), metric);
    assertThat(column.heading(metric)).isNotBlank();
    assertThat(cell.text()).isNotBlank();
    assertThat(cell.order()).isNotNull();
    assertThat(cell.raw()).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource(ReportColumn.class)
  void saysNothingOfARowWithoutFiguresAndKeepsItsColumns(ReportColumn column) {
    ReportModel model =
        ReportModel.of(MadeUp.study(), List.of(MadeUp.finished("none", 256, 1, 0.5)));
    ReportModel full = ReportModel.of(MadeUp.study(), MadeUp.runs());
    ReportMetric metric = full.metrics().get(0);
    Cell empty = column.cell(model, model.rows().get(3), metric);
    assertThat(empty.text()).isIn("", "0");
    assertThat(empty.raw().keySet())
        .isEqualTo(column.cell(full, full.rows().get(3), metric).raw().keySet());
  }

  @Test
  void showsTheAllReduceOfRunsOnSeveralDevicesAlone() {
    ReportMetric metric = ReportModel.of(MadeUp.study(), MadeUp.runs()).metrics().get(0);
    ReportModel one = ReportModel.of(MadeUp.study(), MadeUp.runs());
    assertThat(ReportColumn.ALL_REDUCE.cell(one, one.rows().get(1), metric).raw()).isEmpty();
    List<RunRecord> several =
        MadeUp.runs().stream()
            .map(
                run ->
                    run.toBuilder()
                        .performance(
                            new Performance(
                                null, null, null, null, new AllReduceCost(46_734_336, 12.5)))
                        .build())
            .toList();
    ReportModel model = ReportModel.of(MadeUp.study(), several);
    Cell cell = ReportColumn.ALL_REDUCE.cell(model, model.rows().get(1), metric);
    assertThat(cell.text()).isEqualTo("46.7");
    assertThat(cell.detail()).isEqualTo("12.50 ms");
    assertThat(cell.raw().keySet()).containsExactly("all_reduce_bytes", "all_reduce_ms");
  }

  @Test
  void showsFiguresAsReadersExpectThem() {
    assertThat(texts(MadeUp.runs(), 3))
        .containsExactly(
            "2.87M", "11.5", "18.9M", "12,865", "42,765", "798", "0.6312 ± 0.0031", "−0.0320", "2");
  }

  @Test
  void leavesOutAColumnThatNoRunHasAFigureFor() {
    List<RunRecord> runs =
        MadeUp.runs().stream()
            .map(run -> run.toBuilder().performance(Performance.NOT_MEASURED).build())
            .toList();
    assertThat(texts(runs, 0)).hasSize(6);
  }

  @Test
  void countsAFailedRunBesideTheMeanOfTheOthers() {
    List<RunRecord> runs = new ArrayList<>(MadeUp.runs());
    runs.set(7, MadeUp.builder("all", 64, 2).failed("loss is NaN").build());
    ReportModel model = ReportModel.of(MadeUp.study(), runs);
    ReportRow row = model.rows().get(3);
    ReportMetric metric = model.metrics().get(0);
    Cell count = ReportColumn.RUNS.cell(model, row, metric);
    assertThat(ReportColumn.SCORE.cell(model, row, metric).text()).isEqualTo("0.6290");
    assertThat(ReportColumn.SCORE.cell(model, row, metric).detail()).isEmpty();
    Cell failures = ReportColumn.FAILURES.cell(model, row, metric);
    assertThat(failures.text() + ", " + failures.detail())
        .isEqualTo("1 of 2, 9 to 91\u00a0%, mean 0.3760 with these at chance");
    assertThat(count.text() + "/" + count.detail()).isEqualTo("1/1 failed");
    assertThat(count.tone()).isEqualTo(Cell.Tone.ALERT);
    assertThat(ReportColumn.DIFFERENCE.cell(model, row, metric).detail())
        .isEqualTo("no conclusion, runs failed");
  }

  /** Also of runs with the same seeds, which count as one seed in comparisons. */
  @Test
  void theMeanWithFailuresAtChanceIsOfAllRuns() {
    List<RunRecord> runs = new ArrayList<>();
    for (double accuracy : new double[] {0.6, 0.7}) {
      runs.add(
          MadeUp.builder("all", 64, 1)
              .run("quickstart", "run" + Math.round(10 * accuracy))
              .finished(List.of(MadeUp.accuracy(accuracy)))
              .build());
    }
    runs.add(MadeUp.builder("all", 64, 2).failed("it failed").build());
    ReportModel model = ReportModel.of(MadeUp.study(), runs);
    Cell failures = ReportColumn.FAILURES.cell(model, model.rows().get(3), model.metrics().get(0));
    // (0.6 + 0.7 + 0.123) / 3
    assertThat(failures.detail()).endsWith("mean 0.4743 with these at chance");
  }

  /** A run that finished did not fail, however undefined its score is. */
  @Test
  void countsAnUndefinedScoreApartFromFailures() {
    List<RunRecord> runs = new ArrayList<>(MadeUp.runs());
    Score none = Score.absent("wordnet", "accuracy", "dev", "no examples", 0, "last");
    runs.set(7, MadeUp.builder("all", 64, 2).finished(List.of(none)).build());
    ReportModel model = ReportModel.of(MadeUp.study(), runs);
    ReportRow row = model.rows().get(3);
    ReportMetric metric = model.metrics().get(0);
    Cell undefined = ReportColumn.UNDEFINED.cell(model, row, metric);
    assertThat(undefined.text() + ", " + undefined.detail())
        .isEqualTo("1 of 2, no examples, mean 0.3760 with these at chance");
    assertThat(undefined.tone()).isEqualTo(Cell.Tone.ALERT);
    assertThat(ReportColumn.UNDEFINED.cell(model, model.rows().get(0), metric).text())
        .isEqualTo("0 of 2");
    assertThat(ReportColumn.FAILURES.cell(model, row, metric).text()).isEmpty();
    assertThat(ReportColumn.MEDIAN.cell(model, row, metric).detail()).isEqualTo("1 undefined");
    assertThat(ReportColumn.RUNS.cell(model, row, metric).detail()).isEmpty();
    assertThat(ReportColumn.DIFFERENCE.cell(model, row, metric).detail())
        .isEqualTo("no conclusion, scores undefined");
  }

  private static List<String> texts(List<RunRecord> runs, int row) {
    return ReportGrid.of(ReportModel.of(MadeUp.study(), runs)).rows().get(row).cells().stream()
        .map(Cell::text)
        .toList();
  }
}
