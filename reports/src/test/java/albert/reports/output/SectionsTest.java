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
    Standing all = standing("embedding_size 768, sharing all");
    Comparison comparison = all.comparison().orElseThrow();
    assertThat(comparison.family()).isEqualTo(7);
    assertThat(comparison.verdict()).isEqualTo(Comparison.Verdict.LOWER);
    assertThat(
            standing("embedding_size 768, sharing attention").comparison().orElseThrow().verdict())
        .isEqualTo(Comparison.Verdict.NOT_DISTINGUISHABLE);
    assertThat(standing("embedding_size 768, sharing none").comparison()).isEmpty();
  }

  @Test
  void predictionsAreDrawnWithTheSeeds() {
    ItemBootstrap items = standing("embedding_size 768, sharing all").items().orElseThrow();
    assertThat(items.seeds()).isEqualTo(5);
    assertThat(items.items()).isEqualTo(872);
    assertThat(items.difference()).isCloseTo(-0.036, within(0.005));
    assertThat(items.interval().low()).isLessThan(-0.036);
    assertThat(items.interval().high()).isGreaterThan(-0.036);
    // the failed run has no predictions
    assertThat(standing("embedding_size 128, sharing all").items().orElseThrow().seeds())
        .isEqualTo(4);
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
    for (ReportRow row : other.variants()) {
      boolean same = row.name().contains("768") && !row.name().contains("none");
      assertThat(other.standing(row, metric).items().isPresent()).as(row.name()).isEqualTo(same);
    }
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
          .ifPresent(c -> assertThat(c.verdict()).isEqualTo(Comparison.Verdict.UNKNOWN));
      assertThat(standing.models().isPresent()).isEqualTo(standing.comparison().isPresent());
      assertThat(standing.winner()).isFalse();
    }
    assertThat(Markdown.table(Comparisons.of(one))).contains("McNemar p ", "noise unknown");
  }

  @Test
  void noWinnerInsideNoise() {
    Standing first = standing("embedding_size 768, sharing none");
    Standing second = standing("embedding_size 768, sharing attention");
    assertThat(first.group()).isEqualTo("a");
    assertThat(second.group()).startsWith("a");
    assertThat(first.winner()).isFalse();
    assertThat(standing("embedding_size 128, sharing all").group()).doesNotContain("a");
    List<RunRecord> clear = new ArrayList<>();
    for (int seed = 1; seed <= 3; seed++) {
      clear.add(MadeUp.finished("none", 256, seed, 0.9 + 0.001 * seed));
      clear.add(MadeUp.finished("all", 64, seed, 0.1 + 0.001 * seed));
    }
    ReportModel apart = ReportModel.of(MadeUp.study(), clear);
    ReportRow winner = apart.rows().get(0);
    assertThat(apart.standing(winner, apart.metrics().get(0)).winner()).isTrue();
    assertThat(ReportColumn.SCORE.cell(apart, winner, apart.metrics().get(0)).tone())
        .isEqualTo(Cell.Tone.STRONG);
  }

  @Test
  void ourFiguresStandBesideThePublishedOnesWithMarks() {
    Sheet sheet = AgainstPapers.figures(model);
    String table = Markdown.table(sheet);
    assertThat(table)
        .contains(
            "| embedding_size 128, sharing attention | accuracy | 85.44 | 91.9 |",
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
            "embedding_size 128, sharing all: 10 rows (Table 2, ");
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
        .contains("| embedding_size 128, sharing attention | accuracy | 90.00 | 91.9 |");
  }

  @Test
  void theColumnsForProgramsAreInAnOrder() {
    assertThat(Csv.sheet(Comparisons.of(model)).columnNames())
        .containsSubsequence("cohens_d", "test", "n", "p");
    assertThat(Csv.sheet(new WhyNotFaster(model).sheet()).columnNames())
        .containsSubsequence(
            "parameters", "parameters_bert", "forward_flops", "forward_flops_bert");
  }

  @Test
  void thePapersFindingsAreAnsweredByTheRuns() {
    String table = Markdown.table(AgainstPapers.findings(model));
    assertThat(table)
        .containsPattern("Sharing the feed-forward networks costs more.*\\| agree \\|")
        .containsPattern("Sharing all parameters across layers costs.*\\| agree \\|")
        .doesNotContain("More layers", "NaN");
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
        .anySatisfy(sentence -> assertThat(sentence).contains("115\u00a0% of BERT's speed"));
    assertThat(section.sheet().rows()).hasSize(7);
    assertThat(new WhyNotFaster(ReportModel.of(MadeUp.study(), MadeUp.runs())).sheet().isEmpty())
        .isTrue();
  }

  @Test
  void aFailedRunIsCountedBesideMedianAndRange() {
    Cell cell = ReportColumn.MEDIAN.cell(model, row("embedding_size 128, sharing all"), metric);
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
