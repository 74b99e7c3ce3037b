package albert.reports.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import albert.evaluation.record.RunRecord;
import albert.evaluation.record.RunRecordBuilder;
import albert.evaluation.record.Score;
import albert.evaluation.stats.Comparison;
import albert.reports.summary.ReportMetric;
import albert.reports.summary.ReportModel;
import albert.reports.summary.ReportRow;
import albert.reports.summary.Standing;
import albert.reports.summary.StudyDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a report says of runs that finished and whose score is undefined. */
class UndefinedScoresTest {
  private static final StudyDescription SHARING =
      new StudyDescription(
          "sharing", "Which?", new TreeMap<>(Map.of("sharing", "none")), List.of(), List.of(), "");

  /** A correlation of a constant: the run did not fail, and what is left wins nothing. */
  @Test
  void undefinedScoresAreNoFailuresAndTheOthersWinNothing() {
    List<RunRecord> runs = new ArrayList<>();
    for (int seed = 1; seed <= 5; seed++) {
      runs.add(pearson("none", seed, 0.60 + 0.001 * seed));
      runs.add(pearson("all", seed, seed > 3 ? null : 0.90 + 0.001 * seed));
    }
    ReportModel model = ReportModel.of(SHARING, runs);
    ReportRow shared = model.rows().get(1);
    ReportMetric metric = model.metrics().get(0);
    Standing standing = model.standing(shared, metric);
    assertThat(model.answer())
        .containsExactly(
            "The pearson of shared is undefined in 2 of 5 runs (one side is constant): no conclusion"
                + " is drawn from the others.",
            "Against not shared with pearson 0.6030 ± 0.0016 (5 seeds): shared differs by +0.2990,"
                + " no conclusion.");
    assertThat(standing.comparison().orElseThrow().verdict())
        .isEqualTo(Comparison.Verdict.UNDEFINED_SCORES);
    assertThat(standing.place().winner()).isFalse();
    assertThat(standing.failures().rate().failed()).isZero();
    assertThat(standing.failures().p()).isEmpty();
    assertThat(standing.failures().atChance()).isEmpty();
    assertThat(standing.undefined().atChance().orElseThrow())
        .isEqualTo((0.901 + 0.902 + 0.903 + 2 * 0) / 5, within(1e-12));
    assertThat(model.warnings()).noneMatch(warning -> warning.contains("failed"));
  }

  /** Each is counted for what it is, out of all runs that ended. */
  @Test
  void failuresAndUndefinedScoresOfOneVariantAreToldApart() {
    List<RunRecord> runs = new ArrayList<>();
    for (int seed = 1; seed <= 5; seed++) {
      runs.add(pearson("none", seed, 0.60 + 0.001 * seed));
      runs.add(
          seed == 1
              ? sharing("all", seed).failed("loss is NaN").build()
              : pearson("all", seed, seed > 3 ? null : 0.8));
    }
    ReportModel model = ReportModel.of(SHARING, runs);
    Standing standing = model.standing(model.rows().get(1), model.metrics().get(0));
    assertThat(model.answer().subList(0, 2))
        .containsExactly(
            "1 of 5 runs of shared failed (20\u00a0%, 95 % interval 4 to 62\u00a0%, Fisher's p against"
                + " the baseline 1.000): no conclusion is drawn from the others.",
            "The pearson of shared is undefined in 2 of 5 runs (one side is constant): no conclusion"
                + " is drawn from the others.");
    assertThat(standing.comparison().orElseThrow().verdict())
        .isEqualTo(Comparison.Verdict.FAILED_RUNS);
    // two at 0.8 with one at 0, and with two
    assertThat(standing.failures().atChance().orElseThrow()).isEqualTo(1.6 / 3, within(1e-12));
    assertThat(standing.undefined().atChance().orElseThrow()).isEqualTo(0.4, within(1e-12));
  }

  @Test
  void aVariantWithoutAnyDefinedScoreIsSaidToBeSo() {
    List<RunRecord> runs = new ArrayList<>();
    for (int seed = 1; seed <= 3; seed++) {
      runs.add(pearson("none", seed, 0.60 + 0.001 * seed));
      runs.add(pearson("all", seed, null));
    }
    ReportModel model = ReportModel.of(SHARING, runs);
    assertThat(model.answer())
        .containsExactly(
            "The pearson of shared is undefined in 3 of 3 runs (one side is constant): no conclusion"
                + " is drawn.");
    Standing standing = model.standing(model.rows().get(1), model.metrics().get(0));
    assertThat(standing.undefined().atChance().orElseThrow()).isZero();
    assertThat(model.standing(model.rows().get(0), model.metrics().get(0)).place().winner())
        .isFalse();
  }

  @Test
  void averagesOverTasksSaySo() {
    ManyTasks runs = ManyTasks.two();
    Score none = Score.absent("rte", "accuracy", "dev", "no examples", 0, "last");
    runs.run("rte", "all", 4, List.of(none));
    ReportModel model = ReportModel.of(ManyTasks.study(false), runs.runs());
    assertThat(model.answer())
        .contains(
            "shared averages 0.7650, which differs by +0.1000 from not shared: no conclusion, scores"
                + " undefined.",
            "1 score is undefined (no examples): no conclusion is drawn where a side has undefined"
                + " scores.")
        .noneMatch(sentence -> sentence.contains("failed"));
  }

  private static RunRecord pearson(String sharing, int seed, @Nullable Double value) {
    Score score =
        value == null
            ? Score.absent("wordnet", "pearson", "dev", "one side is constant", 400, "last")
            : Score.of("wordnet", "pearson", "dev", value, 400, "last");
    return sharing(sharing, seed).finished(List.of(score)).build();
  }

  private static RunRecordBuilder sharing(String sharing, int seed) {
    return MadeUp.builder(sharing, 64, seed).variant(Map.of("sharing", sharing));
  }
}
