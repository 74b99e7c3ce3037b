package albert.reports.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import albert.evaluation.record.RunRecord;
import albert.evaluation.record.Score;
import albert.evaluation.stats.Comparison;
import albert.evaluation.stats.StratifiedBootstrap;
import albert.reports.figure.Figure;
import albert.reports.summary.DeclaredAnalysis;
import albert.reports.summary.ReportModel;
import albert.reports.summary.ReportRow;
import albert.reports.summary.SeveralTasks;
import albert.reports.summary.StudyDescription;
import albert.reports.summary.TaskModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table of models against tasks, and what else a study that varies the task has. */
class TasksSheetTest {
  @TempDir private Path folder;

  /** By hand: AverageComparisonTest has the same scores. */
  @Test
  void modelsStandAgainstTasksWithTheirAverage() {
    Sheet sheet = TasksSheet.of(report(ManyTasks.two()));
    assertThat(Markdown.table(sheet).lines())
        .containsExactly(
            "| model | mrpc accuracy (mean ± sd) | rte accuracy (mean ± sd) | average (95\u00a0%"
                + " interval) | Δ average (from baseline, 95\u00a0% interval) | verdict (p, Holm)"
                + " |",
            "|---|---|---|---|---|---|",
            "| not shared | 0.6200 ± 0.0200 | 0.7100 ± 0.0200 | 0.6650 (0.6423 to 0.6877) |"
                + " baseline | – |",
            "| shared | 0.7200 ± 0.0200 | 0.8100 ± 0.0200 | 0.7650 (0.7423 to 0.7877) | \\+0.1000"
                + " (\\+0.0734 to +0.1266) | higher (p \\< 0.001) |",
            "| majority guess | 0.3000 | 0.5000 | 0.4000 | – | – |");
    assertThat(sheet.rows().get(1).get(1).tone()).isEqualTo(Cell.Tone.STRONG);
    assertThat(sheet.rows().get(0).get(1).tone()).isEqualTo(Cell.Tone.PLAIN);
    assertThat(Csv.write(Csv.sheet(sheet)).lines().findFirst().orElseThrow())
        .isEqualTo(
            "variant,sharing,mrpc_accuracy_dev_mean,mrpc_accuracy_dev_sd,mrpc_accuracy_dev_n,"
                + "rte_accuracy_dev_mean,rte_accuracy_dev_sd,rte_accuracy_dev_n,average,"
                + "average_low,average_high,average_difference,average_difference_low,"
                + "average_difference_high,average_verdict,average_p_holm,average_p");
    assertThat(sheet.notes()).hasSize(1);
    assertThat(sheet.notes().get(0)).contains("tested in the same way", "Holm for 1 model,");
  }

  @Test
  void aBenchmarkHasItsOwnAverageWhereAllOfItIsThere() {
    ManyTasks runs = new ManyTasks();
    for (String task : List.of("mnli", "sst-2", "race")) {
      runs.add(task, "none", 0.6, 0.6).add(task, "all", 0.5, 0.7);
    }
    for (String model : List.of("none", "all")) {
      for (int seed = 1; seed <= 2; seed++) {
        runs.run("squad-v1.1", model, seed, squad("squad-v1.1", "exact_match", 80, 60));
        runs.run("squad-v2.0", model, seed, squad("squad-v2.0", "exact", 40, 20));
      }
    }
    Sheet sheet = TasksSheet.of(report(runs));
    List<String> headings = sheet.headers().stream().map(ReportGrid.Header::heading).toList();
    assertThat(headings).doesNotContain("GLUE").contains("Avg of the ALBERT paper");
    // (70 + 30 + 60 + 60 + 60) / 5, where the plain average of the F1s would be 0.6
    assertThat(sheet.rows().get(0).get(headings.indexOf("Avg of the ALBERT paper")).text())
        .isEqualTo("0.5600");
    ManyTasks fewer = new ManyTasks();
    runs.runs().stream()
        .filter(run -> !"race".equals(run.config().get("task")))
        .forEach(fewer.runs()::add);
    assertThat(TasksSheet.of(report(fewer)).headers())
        .extracting(ReportGrid.Header::heading)
        .doesNotContain("Avg of the ALBERT paper");
  }

  private static List<Score> squad(String task, String exact, double f1, double em) {
    return List.of(
        Score.of(task, "f1", "dev", f1, 400, "last"),
        Score.of(task, exact, "dev", em, 400, "last"));
  }

  @Test
  void itStandsBeforeTheVariantsWhichHaveATableATask() throws IOException {
    ReportModel model = report(ManyTasks.two());
    ReportWriter.write(model, List.of(), folder);
    String page = Files.readString(folder.resolve("report.html"));
    assertThat(page).containsSubsequence("<figure>", "id=\"tasks\"", "id=\"results\"");
    assertThat(page).contains("href=\"#tasks\"", "<h3>mrpc</h3>", "<h3>rte</h3>");
    assertThat(Files.readString(folder.resolve("report.md")))
        .containsSubsequence(
            "## Models by task", "## Results", "### mrpc", "### rte", "## Comparisons with");
    assertThat(Files.readString(folder.resolve("tables/tasks.tex"))).contains("0.7650");
    assertThat(Files.readAllLines(folder.resolve("tables/tasks.csv"))).hasSize(4);
    List<ReportGrid> grids = ReportGrid.of(model, List.of(ReportColumn.values())).byTask(model);
    assertThat(grids).extracting(ReportGrid::title).containsExactly("mrpc", "rte");
    for (ReportGrid grid : grids) {
      assertThat(grid.rows()).hasSize(3);
      assertThat(grid.headers())
          .extracting(ReportGrid.Header::heading)
          .contains(grid.title() + " accuracy", grid.title() + " f1", "seeds")
          .noneMatch(heading -> heading.contains(grid.title().equals("rte") ? "mrpc" : "rte"));
    }
    List<String> csv = Files.readAllLines(folder.resolve("tables/variants.csv"));
    assertThat(csv).hasSize(6);
    assertThat(csv.get(0)).contains("mrpc_accuracy_dev_mean", "rte_f1_dev_mean");
  }

  @Test
  void whereTheTaskDoesNotVaryThereIsNone() {
    assertThat(TasksSheet.of(ReportModel.of(MadeUp.study(), MadeUp.runs())).isEmpty()).isTrue();
    ReportModel one = report(new ManyTasks().add("rte", "none", 0.7).add("rte", "all", 0.6));
    assertThat(TasksSheet.of(one).isEmpty()).isTrue();
    assertThat(ReportGrid.of(one, List.of(ReportColumn.values())).byTask(one))
        .extracting(ReportGrid::title)
        .containsExactly("");
  }

  @Test
  void theAnswerBeginsWithTheAverages() {
    assertThat(report(ManyTasks.two()).answer())
        .containsExactly(
            "Over 2 tasks, not shared averages 0.6650 (95\u00a0% interval 0.6423 to 0.6877).",
            "shared averages 0.7650 (95\u00a0% interval 0.7423 to 0.7877), 0.1000 higher than not"
                + " shared (95\u00a0% interval +0.0734 to +0.1266, p < 0.001).",
            "Test of averages: contrast of the tasks' means with Satterthwaite's degrees of freedom,"
                + " p corrected by Holm for 1 model.",
            "Variants against their baseline by mrpc accuracy: higher: 1; lower: 0; not"
                + " distinguishable: 0.",
            "Variants against their baseline by rte accuracy: higher: 1; lower: 0; not"
                + " distinguishable: 0.",
            "Test of single tasks: Welch's t test, 3 seeds, p corrected by Holm for 2 comparisons.");
  }

  /** Seed by seed the averages differ by 0.1, 0.1 and 0.115. */
  @Test
  void declaredPairsAreOfSeedsOverAllTasks() {
    ManyTasks runs =
        new ManyTasks()
            .add("mrpc", "none", 0.60, 0.63, 0.61)
            .add("rte", "none", 0.69, 0.70, 0.73)
            .add("mrpc", "all", 0.70, 0.72, 0.74)
            .add("rte", "all", 0.79, 0.81, 0.83);
    ReportModel paired = ReportModel.of(ManyTasks.study(true), runs.runs());
    TaskModel shared = tasks(paired).models().get(1);
    assertThat(shared.comparison().orElseThrow().ownP().orElseThrow())
        .isCloseTo(1 - 21 / Math.sqrt(443), within(1e-9));
    assertThat(String.join(" ", paired.answer()))
        .contains("p 0.002", "Student's t test of the seeds that both sides have on every task");
  }

  @Test
  void aMetricUpToAHundredCountsAsOneUpToOne() {
    ManyTasks runs =
        new ManyTasks()
            .add("squad", "none", "exact", 60, 62, 64)
            .add("rte", "none", 0.69, 0.71, 0.73);
    TaskModel model = tasks(report(runs)).models().get(0);
    assertThat(model.average().orElseThrow()).isCloseTo(0.665, within(1e-12));
    assertThat(model.interval(0.95).high()).isCloseTo(0.68767, within(1e-5));
  }

  /** Matched and mismatched are parts of one task. */
  @Test
  void aTaskCountsOnceWhateverItsParts() {
    ManyTasks runs = new ManyTasks().add("rte", "none", 0.70, 0.72, 0.74);
    for (int seed = 1; seed <= 3; seed++) {
      runs.run(
          "mnli",
          "none",
          seed,
          List.of(
              Score.of("mnli", "accuracy", "dev", 0.8 + 0.01 * seed, 400, "last"),
              Score.of("mnli", "accuracy", "dev-mismatched", 0.1, 400, "last")));
    }
    SeveralTasks tasks = tasks(report(runs));
    assertThat(tasks.tasks()).hasSize(2);
    assertThat(tasks.models().get(0).average().orElseThrow()).isCloseTo(0.77, within(1e-12));
  }

  @Test
  void aModelWithoutAScoreOnSomeTaskHasNoAverage() {
    ReportModel model = report(ManyTasks.two().add("mrpc", "ffn", 0.9, 0.91, 0.92));
    Sheet sheet = TasksSheet.of(model);
    assertThat(Markdown.table(sheet)).contains("| FFN shared | 0.9100 ± 0.0100 | – | – | – | – |");
    assertThat(sheet.notes()).contains("FFN shared has no average: no score on rte.");
    assertThat(model.answer()).contains("FFN shared has no average: no score on rte.");
    assertThat(model("shared", model).comparison().orElseThrow().family().tested()).isEqualTo(1);
  }

  @Test
  void aTaskThatNoModelHasAScoreOnIsNamed() {
    ManyTasks runs = ManyTasks.two();
    runs.run("cola", "all", 1, List.of());
    ReportModel model = report(runs);
    assertThat(tasks(model).unscored()).containsExactly("cola");
    assertThat(model.answer())
        .contains(
            "No model has a score on cola.",
            "1 run failed: no conclusion is drawn where a side has failed runs.");
    assertThat(ReportGrid.of(model, List.of(ReportColumn.values())).byTask(model))
        .extracting(ReportGrid::title)
        .containsExactlyInAnyOrder("mrpc", "rte", "cola");
  }

  @Test
  void nothingIsConcludedFromSurvivorsOrTwoSeeds() {
    ManyTasks runs = ManyTasks.two();
    runs.run("rte", "all", 4, List.of());
    runs.add("mrpc", "ffn", 0.9, 0.91, 0.92).add("rte", "ffn", 0.9, 0.91);
    ReportModel model = report(runs);
    assertThat(verdict(model, "shared")).isEqualTo(Comparison.Verdict.FAILED_RUNS);
    assertThat(verdict(model, "FFN shared")).isEqualTo(Comparison.Verdict.TOO_FEW_SEEDS);
    assertThat(model.answer())
        .contains(
            "shared averages 0.7650, which differs by +0.1000 from not shared: no conclusion, runs"
                + " failed.",
            "FFN shared averages 0.9075, which differs by +0.2425 from not shared: no conclusion,"
                + " fewer than 3 seeds.")
        .noneMatch(sentence -> sentence.startsWith("Test of averages"));
    assertThat(Markdown.table(TasksSheet.of(model)))
        .contains("| 0.7650 | \\+0.1000 | no conclusion, runs failed |");
  }

  /** A guess that equals the reference's score is no model of the task. */
  @Test
  void runsThatLearnedNothingOnOneTaskSupportNoAverage() {
    ManyTasks runs = ManyTasks.two().add("mrpc", "ffn", 0.3, 0.3, 0.3);
    runs.add("rte", "ffn", 0.9, 0.91, 0.92);
    assertThat(verdict(report(runs), "FFN shared")).isEqualTo(Comparison.Verdict.DEGENERATE);
  }

  @Test
  void withoutABaselineTheHighestIsNamedAndNothingTested() {
    ReportModel model = ReportModel.of(ManyTasks.study(Map.of(), false), ManyTasks.two().runs());
    assertThat(model.answer().get(0))
        .isEqualTo(
            "Over 2 tasks, shared averages 0.7650 (95\u00a0% interval 0.7423 to 0.7877), the highest"
                + " average; next is not shared with 0.6650 (95\u00a0% interval 0.6423 to 0.6877)."
                + " They are not tested, for want of a baseline with an average.");
    assertThat(TasksSheet.of(model).headers()).hasSize(4);
  }

  /** A baseline on one task is none of the others. */
  @Test
  void averagesAreComparedWithABaselineOnTheSameTasksAlone() {
    Map<String, Object> fixed = Map.of("sharing", "none", "task", "rte");
    ReportModel model = ReportModel.of(ManyTasks.study(fixed, false), ManyTasks.two().runs());
    assertThat(tasks(model).models()).allMatch(one -> one.comparison().isEmpty());
  }

  @Test
  void aSettingThatGoesWithTheTaskMakesNoOtherModel() {
    ManyTasks runs = new ManyTasks();
    for (String sharing : List.of("none", "all")) {
      runs.with(Map.of("learning_rate", 1e-5)).add("mrpc", sharing, 0.70, 0.72, 0.74);
      runs.with(Map.of("learning_rate", 3e-5)).add("rte", sharing, 0.79, 0.81, 0.83);
    }
    assertThat(tasks(report(runs)).models())
        .extracting(TaskModel::name)
        .containsExactly("not shared", "shared", "majority guess");
    runs.add("mrpc", "none", 0.5);
    assertThat(tasks(report(runs)).models()).hasSize(5);
  }

  @Test
  void aNameThatTheStudyGivesOnAllTasksIsTheModels() {
    StudyDescription plain = ManyTasks.study(false);
    StudyDescription named =
        new StudyDescription(
            plain.study(),
            plain.question(),
            plain.baseline(),
            List.of(variant("BERT", "none", "mrpc"), variant("BERT", "none", "rte")),
            List.of(),
            plain.command());
    assertThat(tasks(ReportModel.of(named, ManyTasks.two().runs())).models())
        .extracting(TaskModel::name)
        .containsExactly("BERT", "shared");
  }

  @Test
  void noAverageIsTakenOfALossAndAnAccuracy() {
    ManyTasks runs =
        new ManyTasks().add("lm", "none", "loss", 2.0, 2.1, 2.2).add("rte", "none", 0.7, 0.8, 0.9);
    ReportModel model = report(runs);
    assertThat(model.answer().get(0))
        .isEqualTo("Over 2 tasks, no average is taken: less is better by lm loss.");
    assertThat(tasks(model).models().get(0).average()).isEmpty();
  }

  @Test
  void fromThreeTasksOnThereAreAggregates() {
    ManyTasks runs =
        ManyTasks.two().add("cola", "none", 0.4, 0.5, 0.6).add("cola", "all", 0.5, 0.5, 0.45);
    SeveralTasks tasks = tasks(report(runs));
    TaskModel shared = tasks.models().get(1);
    // on two tasks always; on cola all three win against 0.4, and two are level with 0.5
    assertThat(tasks.improvement(shared).orElseThrow())
        .isCloseTo((1 + 1 + (3 + 2 * 0.5) / 9) / 3, within(1e-12));
    assertThat(tasks.improvement(tasks.models().get(0))).isEmpty();
    StratifiedBootstrap middle = tasks.interquartileMean(shared).orElseThrow();
    // of 0.45 0.5 0.5 | 0.7 0.72 0.74 | 0.79 0.81 0.83 the middle 4.5
    assertThat(middle.estimate())
        .isCloseTo((0.75 * 0.5 + 0.7 + 0.72 + 0.74 + 0.75 * 0.79) / 4.5, within(1e-12));
    assertThat(middle.interval().defined()).isFalse();
    assertThat(tasks.ranks()).isEmpty();
    assertThat(Markdown.table(TasksSheet.of(report(runs)))).contains("| 0.81 | 0.69");
    assertThat(TasksSheet.of(report(runs)).notes())
        .contains("majority guess has no average: no score on cola.");
    assertThat(String.join(" ", report(runs).answer())).doesNotContain("majority guess");
    ManyTasks two = ManyTasks.two();
    assertThat(tasks(report(two)).interquartileMean(tasks(report(two)).models().get(1))).isEmpty();
  }

  @Test
  void theBootstrapsIntervalNeedsTwentySeeds() {
    SplittableRandom random = new SplittableRandom(2);
    ManyTasks runs = new ManyTasks();
    for (String task : List.of("cola", "mrpc", "rte")) {
      runs.add(task, "none", random.doubles(20, 0.6, 0.7).toArray());
    }
    SeveralTasks tasks = tasks(report(runs));
    StratifiedBootstrap found = tasks.interquartileMean(tasks.models().get(0)).orElseThrow();
    assertThat(found.interval().low()).isBetween(0.63, found.estimate());
    assertThat(found.interval().high()).isBetween(found.estimate(), 0.67);
  }

  @Test
  void aggregatesAreOfScoresThatSupportAConclusion() {
    ManyTasks runs =
        ManyTasks.two().add("cola", "none", 0.4, 0.5, 0.6).add("cola", "all", 0.5, 0.51);
    SeveralTasks tasks = tasks(report(runs));
    assertThat(tasks.improvement(tasks.models().get(1))).isEmpty();
    assertThat(tasks.interquartileMean(tasks.models().get(1))).isEmpty();
    assertThat(tasks.interquartileMean(tasks.models().get(0))).isPresent();
  }

  @Test
  void fromFiveTasksOnThereAreRanks() {
    ManyTasks runs = new ManyTasks();
    for (String task : List.of("cola", "mrpc", "qnli", "rte", "sst-2")) {
      runs.add(task, "none", 0.80, 0.81, 0.82);
      runs.add(task, "attention", 0.85, 0.86, 0.87);
      runs.add(task, "all", 0.70, 0.71, 0.72);
      runs.add(task, "ffn", 0.9, 0.91);
    }
    ReportModel model = report(runs);
    SeveralTasks tasks = tasks(model);
    assertThat(tasks.ranked())
        .extracting(TaskModel::name)
        .containsExactlyInAnyOrder("not shared", "attention shared", "shared");
    assertThat(TasksSheet.sentences(model))
        .containsExactly(
            "Ranks over 5 tasks by Friedman's test (Iman and Davenport's F with 2 and 8 degrees of"
                + " freedom infinite, p < 0.001): the models differ.",
            "Nemenyi's critical difference is 1.48: not told apart are {attention shared; not"
                + " shared}, {not shared; shared}; all others are.");
    Sheet sheet = TasksSheet.of(model);
    assertThat(String.join(" ", sheet.notes())).contains("support no conclusion: 1 model.");
    int last = sheet.headers().size() - 1;
    for (List<Cell> row : sheet.rows()) {
      String expected =
          switch (row.get(0).text()) {
            case "attention shared" -> "1.00";
            case "not shared" -> "2.00";
            case "shared" -> "3.00";
            default -> "";
          };
      assertThat(row.get(last).text()).isEqualTo(expected);
    }
    assertThat(Charts.of(model)).extracting(figure -> figure.name()).contains("average-ranks");
  }

  /** It stands first: below the answer and above the table. */
  @Test
  void theFirstFigureIsOfTheAverages() {
    ManyTasks runs = ManyTasks.two().add("mrpc", "ffn", 0.9, 0.91, 0.92);
    Figure first = Charts.of(report(runs)).get(0);
    assertThat(first.name()).isEqualTo("average-over-tasks");
    assertThat(first.title()).isEqualTo("Average over 2 tasks");
    assertThat(first.description())
        .isEqualTo(
            "not shared: 0.6650 (0.6423 to 0.6877), of mrpc accuracy 0.6200, rte accuracy 0.7100;"
                + " shared: 0.7650 (0.7423 to 0.7877), of mrpc accuracy 0.7200, rte accuracy 0.8100.");
    ManyTasks losses = new ManyTasks();
    losses.add("lm", "none", "loss", 1, 1.1, 1.2).add("rte", "none", 0.7, 0.71, 0.72);
    losses.add("lm", "all", "loss", 2, 2.1, 2.2).add("rte", "all", 0.7, 0.71, 0.72);
    assertThat(Charts.of(report(losses)))
        .extracting(Figure::name)
        .isNotEmpty()
        .doesNotContain("average-over-tasks");
  }

  /** The level as its author wrote it, not 5.0E-4. */
  @Test
  void theMethodsSayAlphaInDigits() {
    StudyDescription plain = ManyTasks.study(false);
    StudyDescription strict =
        new StudyDescription(
            plain.study(),
            plain.question(),
            plain.baseline(),
            plain.variants(),
            plain.references(),
            plain.command(),
            new DeclaredAnalysis(null, null, null, 0.0005));
    assertThat(Methods.paragraph(ReportModel.of(strict, ManyTasks.two().runs())))
        .contains(
            "were compared with the baseline's by a contrast of means with Satterthwaite's (1946)"
                + " degrees of freedom, two-sided at 0.0005, with Holm's correction for 1 model.");
  }

  private static StudyDescription.Variant variant(String name, String sharing, String task) {
    return new StudyDescription.Variant(
        name, new TreeMap<>(Map.of("sharing", sharing, "task", task)));
  }

  private static Comparison.Verdict verdict(ReportModel report, String name) {
    return model(name, report).comparison().orElseThrow().verdict();
  }

  private static TaskModel model(String name, ReportModel report) {
    return tasks(report).models().stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static SeveralTasks tasks(ReportModel model) {
    return SeveralTasks.of(model).orElseThrow();
  }

  /** In any order of the runs the report is the same. */
  private static ReportModel report(ManyTasks made) {
    List<RunRecord> runs = new ArrayList<>(made.runs());
    Collections.reverse(runs);
    ReportModel model = ReportModel.of(ManyTasks.study(false), runs);
    assertThat(model.rows()).filteredOn(row -> row.kind() != ReportRow.Kind.REFERENCE).isNotEmpty();
    return model;
  }
}
