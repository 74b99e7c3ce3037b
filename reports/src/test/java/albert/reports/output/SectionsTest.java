package albert.reports.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.RunRecord;
import albert.evaluation.record.RunStatus;
import albert.evaluation.record.Score;
import albert.evaluation.stats.Comparison;
import albert.evaluation.stats.ItemBootstrap;
import albert.reports.benchmark.JmhResult;
import albert.reports.summary.ReportMetric;
import albert.reports.summary.ReportModel;
import albert.reports.summary.ReportRow;
import albert.reports.summary.Standing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The parts of a report below the table of variants. */
class SectionsTest {
  @TempDir private static Path folder;
  private static ReportModel model;
  private static ReportMetric metric;

  @BeforeAll
  static void report() throws IOException {
    List<RunRecord> runs = MadeUp.fullRuns();
    model = ReportModel.of(MadeUp.fullStudy(), runs, MadeUp.files(folder, runs));
    metric = model.metrics().get(0);
  }

  @Test
  void eachVariantIsComparedByTheTestThatItsSeedsAllow() {
    Standing all = standing("E 768, shared");
    Comparison comparison = all.comparison().orElseThrow();
    assertThat(comparison.family().tested()).isEqualTo(6);
    assertThat(comparison.verdict()).isEqualTo(Comparison.Verdict.LOWER);
    assertThat(standing("E 768, attention shared").comparison().orElseThrow().verdict())
        .isEqualTo(Comparison.Verdict.NOT_DISTINGUISHABLE);
    assertThat(standing("E 768, not shared").comparison()).isEmpty();
  }

  /** Five seeds are too few for the interval to hold, ten are enough. */
  @Test
  void predictionsAreDrawnWithTheSeedsFromTenOn() throws IOException {
    assertThat(standing("E 768, shared").evidence().items()).isEmpty();
    List<RunRecord> ten = new ArrayList<>();
    for (RunRecord run : MadeUp.fullRuns()) {
      if (run.status() == RunStatus.FINISHED) {
        ten.add(run);
        ten.add(
            run.toBuilder()
                .run(run.study(), run.runId() + "b")
                .seeds(run.initSeed() + 5, run.dataSeed() + 5)
                .finished(run.scores())
                .build());
      }
    }
    ReportModel model = ReportModel.of(MadeUp.fullStudy(), ten, MadeUp.files(folder, ten));
    ReportRow shared =
        model.rows().stream()
            .filter(r -> r.name().equals("E 768, shared"))
            .findFirst()
            .orElseThrow();
    Standing.Evidence evidence = model.standing(shared, model.metrics().get(0)).evidence();
    ItemBootstrap items = evidence.items().orElseThrow();
    assertThat(items.seeds()).isEqualTo(10);
    assertThat(items.items()).isEqualTo(872);
    assertThat(items.difference()).isCloseTo(-0.036, within(0.005));
    assertThat(evidence.p().orElseThrow()).isGreaterThan(items.p());
  }

  @Test
  void predictionsForOtherExamplesAreNotCompared() throws IOException {
    List<RunRecord> runs = MadeUp.fullRuns();
    Path changed = folder.resolve("changed");
    Function<RunRecord, Optional<RunDirectory>> files = MadeUp.files(changed, runs);
    for (RunRecord run : runs) {
      Path file = files.apply(run).orElseThrow().predictions().resolve("dev.jsonl");
      if (Files.exists(file) && Long.valueOf(128).equals(run.variant().get("embedding_size"))) {
        Files.writeString(file, Files.readString(file).replace("dev-0\"", "other\""));
      }
    }
    ReportModel other = ReportModel.of(MadeUp.fullStudy(), runs, files);
    assertThat(String.join("\n", other.warnings()))
        .contains(
            "E 128, shared and E 768, not shared were scored on different examples (accuracy): they"
                + " are not compared by example.")
        .doesNotContain("E 768, shared and");
  }

  /** One seed tells nothing of variants, but McNemar's test tells the two models apart. */
  @Test
  void oneSeedComparesTheModels() throws IOException {
    List<RunRecord> runs = MadeUp.fullRuns().stream().filter(run -> run.initSeed() == 1).toList();
    ReportModel one = ReportModel.of(MadeUp.fullStudy(), runs, MadeUp.files(folder, runs));
    for (ReportRow row : one.variants()) {
      Standing standing = one.standing(row, metric);
      standing
          .comparison()
          .ifPresent(c -> assertThat(c.verdict()).isEqualTo(Comparison.Verdict.TOO_FEW_SEEDS));
      assertThat(standing.evidence().models().isPresent())
          .isEqualTo(standing.comparison().isPresent());
      assertThat(standing.place().winner()).isFalse();
    }
    assertThat(Markdown.table(Comparisons.of(one)))
        .contains("McNemar's p ", "no conclusion, fewer than 3 seeds");
  }

  @Test
  void noWinnerInsideNoise() {
    Standing first = standing("E 768, not shared");
    Standing second = standing("E 768, attention shared");
    assertThat(first.place().group()).isEqualTo("a");
    assertThat(second.place().group()).startsWith("a");
    assertThat(first.place().winner()).isFalse();
    assertThat(standing("E 768, shared").place().group()).doesNotContain("a");
    List<RunRecord> clear = new ArrayList<>();
    for (int seed = 1; seed <= 3; seed++) {
      clear.add(MadeUp.finished("none", 256, seed, 0.9 + 0.001 * seed));
      clear.add(MadeUp.finished("all", 64, seed, 0.1 + 0.001 * seed));
    }
    ReportModel apart = ReportModel.of(MadeUp.study(), clear);
    ReportRow winner = apart.rows().get(0);
    assertThat(apart.standing(winner, apart.metrics().get(0)).place().winner()).isTrue();
    assertThat(ReportColumn.SCORE.cell(apart, winner, apart.metrics().get(0)).tone())
        .isEqualTo(Cell.Tone.STRONG);
  }

  @Test
  void ourFiguresStandBesideThePublishedOnesWithMarks() {
    Sheet sheet = AgainstPapers.figures(model);
    String table = Markdown.table(sheet);
    assertThat(table)
        .contains(
            "| E 128, attention shared | accuracy | 85.44 | 91.9 |",
            "Table 4, E=128 shared-attention",
            "11,683,584 | 12M");
    for (List<Cell> row : sheet.rows()) {
      if (row.get(1).text().equals("accuracy")) {
        assertThat(row.get(4).text()).endsWith("≠");
        assertThat(row.get(6).text()).contains("≠");
      }
    }
    assertThat(String.join("\n", sheet.notes()))
        .contains(
            "known fault 7: the unshared E=768 model keeps ALBERT's vocabulary",
            "pretraining: ours is none, theirs 125k steps",
            "median of 5 seeds; checkpoint: last; trained from scratch",
            "checkpoint: ours is last, theirs by early stopping on dev",
            "E 128, shared: 10 rows (Table 2, ");
  }

  /** Of a run with scores by several protocols, the one that is best on dev, as theirs is. */
  @Test
  void besideThePapersStandsTheProtocolThatIsLikeTheirs() {
    List<RunRecord> runs = new ArrayList<>();
    for (RunRecord run : MadeUp.fullRuns()) {
      if (run.status() == RunStatus.FINISHED) {
        Score first = run.scores().get(0);
        List<Score> scores = new ArrayList<>(run.scores());
        scores.add(
            Score.of(first.task(), first.metric(), first.split(), 0.9, 872, "best-on-dev of 3"));
        runs.add(run.toBuilder().finished(scores).build());
      }
    }
    Sheet sheet = AgainstPapers.figures(ReportModel.of(MadeUp.fullStudy(), runs));
    assertThat(String.join("\n", sheet.notes()))
        .contains("median of 5 seeds; checkpoint: best on dev of 3 evaluations;")
        .doesNotContain("checkpoint: last", "checkpoint: ours");
    assertThat(Markdown.table(sheet))
        .contains("| E 128, attention shared | accuracy | 90.00 | 91.9 |");
  }

  @Test
  void theColumnsForProgramsAreInAnOrder() {
    assertThat(Csv.sheet(Comparisons.of(model)).columnNames())
        .containsSubsequence(
            "difference", "interval_low", "interval_high", "p_holm", "p", "hedges_g");
    assertThat(Csv.sheet(new WhyNotFaster(model).sheet()).columnNames())
        .containsSubsequence(
            "parameters", "parameters_bert", "forward_flops", "forward_flops_bert");
  }

  @Test
  void thePapersFindingsAreAnsweredByTheRuns() {
    String table = Markdown.table(AgainstPapers.findings(model));
    assertThat(table)
        .containsPattern("Sharing the feed-forward networks costs more.*\\| agree \\(2 of 2 pairs")
        .containsPattern("Sharing all parameters.*\\| cannot tell \\(1 of 2 pairs agree")
        .contains(
            "E 128, shared: accuracy", "no conclusion, runs failed", "ours is none, theirs 125,000")
        .doesNotContain("More layers", "NaN", "pretraining: pretraining");
  }

  @Test
  void whyAlbertIsNotFasterIsSaidInFigures() {
    WhyNotFaster section = new WhyNotFaster(model);
    assertThat(section.sentences())
        .hasSize(3)
        .anySatisfy(
            sentence ->
                assertThat(sentence)
                    .contains(
                        "has 11\u00a0% of the parameters", "does 100\u00a0% of its operations"))
        .anySatisfy(
            sentence ->
                assertThat(sentence).contains("115\u00a0% of BERT's speed (95\u00a0% interval "));
    assertThat(section.sheet().rows()).hasSize(7);
    assertThat(new WhyNotFaster(ReportModel.of(MadeUp.study(), MadeUp.runs())).sheet().isEmpty())
        .isTrue();
  }

  @Test
  void aFailedRunIsCountedBesideMedianAndRange() {
    Cell cell = ReportColumn.MEDIAN.cell(model, row("E 128, shared"), metric);
    assertThat(cell.detail()).endsWith("1 failed");
    assertThat(cell.tone()).isEqualTo(Cell.Tone.ALERT);
  }

  @Test
  void everySectionIsWrittenInEveryFormat() throws IOException {
    Path output = folder.resolve("report");
    List<JmhResult> benchmarks = List.of(MadeUp.benchmark("Some.step", "ms/op"));
    ReportWriter.write(model, benchmarks, output);
    String page = Files.readString(output.resolve("report.html"));
    String markdown = Files.readString(output.resolve("report.md"));
    for (Section section : Section.of(model, benchmarks)) {
      Sheet sheet = section.sheet();
      assertThat(page).contains("id=\"" + sheet.name() + "\"");
      assertThat(markdown).contains("## " + sheet.title());
      assertThat(Files.readString(output.resolve("tables").resolve(sheet.name() + ".tex")))
          .contains("\\toprule", "\\bottomrule");
      assertThat(Files.readAllLines(output.resolve("tables").resolve(sheet.name() + ".csv")))
          .hasSize(sheet.rows().size() + 1);
    }
    assertThat(Section.of(model, benchmarks)).hasSize(5);
    assertThat(Section.of(model, List.of())).hasSize(4);
    assertThat(output.resolve("figures/curve-train-loss.svg")).isNotEmptyFile();
  }

  private static Standing standing(String name) {
    return model.standing(row(name), metric);
  }

  private static ReportRow row(String name) {
    return model.rows().stream().filter(r -> r.name().equals(name)).findFirst().orElseThrow();
  }
}
