package albert.reports.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.RunRecord;
import albert.evaluation.record.Score;
import albert.evaluation.stats.SeedDifference;
import albert.evaluation.stats.SeedSummary;
import albert.reports.summary.ReportMetric;
import albert.reports.summary.ReportModel;
import albert.reports.summary.ReportRow;
import albert.reports.summary.StudyDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportModelTest {
  private static final StudyDescription BARE =
      new StudyDescription("bare", "Which?", new TreeMap<>(), List.of(), List.of(), "");

  @Test
  void groupsRunsByTheVariedKeysInTheOrderOfTheStudy() {
    List<RunRecord> reversed = new ArrayList<>(MadeUp.runs());
    Collections.reverse(reversed);
    ReportModel model = ReportModel.of(MadeUp.study(), reversed);
    assertThat(model.rows())
        .extracting(ReportRow::name)
        .containsExactly(
            "BERT-style",
            "factorised only",
            "shared only",
            "ALBERT",
            "bag of words",
            "majority guess");
    assertThat(model.variants()).allSatisfy(row -> assertThat(row.runs()).hasSize(2));
    assertThat(model.rows().get(0).kind()).isEqualTo(ReportRow.Kind.BASELINE);
  }

  @Test
  void ordersVariantsThatTheStudyDoesNotNameByParametersAndNamesThemByTheirValues() {
    assertThat(ReportModel.of(BARE, MadeUp.runs()).rows())
        .extracting(ReportRow::name)
        .containsExactly(
            "embedding_size 256, sharing none",
            "embedding_size 256, sharing all",
            "embedding_size 64, sharing none",
            "embedding_size 64, sharing all");
  }

  @Test
  void takesMeanAndDeviationOverSeedsAndTheNoiseOfADifference() {
    ReportModel model = ReportModel.of(MadeUp.study(), MadeUp.runs());
    ReportMetric metric = model.metrics().get(0);
    assertThat(model.rows().get(0).score(metric).orElseThrow().mean().orElseThrow())
        .isEqualTo(0.6632, within(1e-12));
    SeedDifference factorised = model.difference(model.rows().get(1), metric).orElseThrow();
    assertThat(factorised.difference().orElseThrow()).isEqualTo(-0.0087, within(1e-12));
    assertThat(factorised.noise().orElseThrow()).isEqualTo(0.009570789, within(1e-9));
    assertThat(factorised.verdict()).isEqualTo(SeedDifference.Verdict.WITHIN_NOISE);
    assertThat(model.difference(model.rows().get(3), metric).orElseThrow().verdict())
        .isEqualTo(SeedDifference.Verdict.BELOW);
    assertThat(model.difference(model.rows().get(0), metric)).isEmpty();
  }

  @Test
  void aBaselineThatLeavesAKeyOpenIsTheSameVariantOfEachValueOfThatKey() {
    StudyDescription study =
        new StudyDescription(
            "s", "?", new TreeMap<>(Map.of("sharing", "none")), List.of(), List.of(), "");
    ReportModel model = ReportModel.of(study, MadeUp.runs());
    assertThat(model.baselineOf(model.rows().get(1)).orElseThrow().name())
        .isEqualTo("embedding_size 256, sharing none");
    assertThat(model.baselineOf(model.rows().get(3)).orElseThrow().name())
        .isEqualTo("embedding_size 64, sharing none");
  }

  @Test
  void aBaselineMayLackAKeyThatOthersHave() {
    List<RunRecord> runs = new ArrayList<>();
    for (int seed = 1; seed <= 2; seed++) {
      Score score = Score.of("wordnet", "accuracy", "dev", 0.5 + seed * 0.01, 100, "last");
      runs.add(MadeUp.builder("all", 64, seed).variant(Map.of()).finished(List.of(score)).build());
      runs.add(
          MadeUp.builder("all", 64, seed)
              .run("s", "pretrained-" + seed)
              .variant(Map.of("pretrain_corpus", "novels"))
              .finished(List.of(score))
              .build());
    }
    StudyDescription study =
        new StudyDescription(
            "s",
            "?",
            new TreeMap<>(Map.of("pretrain_corpus", StudyDescription.MISSING)),
            List.of(
                new StudyDescription.Variant("from scratch", new TreeMap<>()),
                new StudyDescription.Variant(
                    "pretrained", new TreeMap<>(Map.of("pretrain_corpus", "novels")))),
            List.of(),
            "");
    ReportModel model = ReportModel.of(study, runs);
    assertThat(model.baselineOf(model.rows().get(1)).orElseThrow().name())
        .isEqualTo("from scratch");
    assertThat(model.difference(model.rows().get(1), model.metrics().get(0))).isPresent();
  }

  /** A score of another protocol never stands in for one that is undefined. */
  @Test
  void onlyHeadlineScoresAreCompared() {
    List<RunRecord> runs = new ArrayList<>(MadeUp.runs());
    Score none = Score.absent("wordnet", "accuracy", "dev", "one class only", 13_790, "last");
    Score other = Score.of("wordnet", "accuracy", "dev", 0.1, 13_790, "best-on-dev of 3");
    runs.set(0, MadeUp.builder("none", 256, 1).finished(List.of(none, other)).build());
    ReportModel model = ReportModel.of(MadeUp.study(), runs);
    assertThat(model.rows().get(0).bySeed(model.metrics().get(0)).values()).containsExactly(0.6653);
  }

  /** As when a run that died logged a step and did it again. */
  @Test
  void aStepThatARunLoggedTwiceIsOneOfASeed(@TempDir Path folder) throws IOException {
    RunRecord run = MadeUp.finished("none", 256, 1, 0.7);
    RunDirectory directory = new RunDirectory(folder.resolve(run.runId()));
    Files.createDirectories(directory.path());
    Files.writeString(
        directory.metrics(),
        """
        {"step":10,"values":{"train_loss":3.0}}
        {"step":20,"values":{"train_loss":2.0}}
        {"step":20,"values":{"train_loss":1.0}}
        """);
    ReportModel model =
        ReportModel.of(MadeUp.study(), List.of(run), record -> Optional.of(directory));
    Map<Long, SeedSummary> points = model.curves().get(0).points();
    assertThat(points.values()).extracting(SeedSummary::n).containsOnly(1);
    assertThat(points.values())
        .extracting(point -> point.mean().orElseThrow())
        .containsExactly(3.0, 1.0);
  }

  @Test
  void theFigureOverTwoKnobsWritesNumbersAsTheTablesDo() {
    List<RunRecord> runs = new ArrayList<>();
    for (double rate : List.of(1e-5, 3e-4)) {
      for (String sharing : List.of("none", "all")) {
        runs.add(
            MadeUp.builder(sharing, 64, 1)
                .run("s", sharing + rate)
                .variant(Map.of("sharing", sharing, "learning_rate", rate))
                .finished(List.of(MadeUp.accuracy(0.7)))
                .build());
      }
    }
    ReportModel model = ReportModel.of(BARE, runs);
    assertThat(TwoKnobs.of(model, model.metrics().get(0)).orElseThrow().description())
        .contains("learning_rate 0.00001, sharing none: 0.7000", "learning_rate 0.0003")
        .doesNotContain("E-");
  }

  @Test
  void aRunThatIsThereTwiceCountsOnce() {
    List<RunRecord> twice = new ArrayList<>(MadeUp.runs());
    twice.addAll(MadeUp.runs());
    assertThat(ReportModel.of(MadeUp.study(), twice).rows().get(0).runs()).hasSize(2);
  }

  @Test
  void anUndefinedScoreIsCountedAndInNoMean() {
    List<RunRecord> runs = new ArrayList<>(MadeUp.runs());
    Score none = Score.absent("wordnet", "accuracy", "dev", "one class only", 13_790, "last");
    runs.set(0, MadeUp.builder("none", 256, 1).finished(List.of(none)).build());
    ReportModel model = ReportModel.of(MadeUp.study(), runs);
    var score = model.rows().get(0).score(model.metrics().get(0)).orElseThrow();
    assertThat(score.n()).isEqualTo(1);
    assertThat(score.failed()).isEqualTo(1);
    assertThat(score.mean().orElseThrow()).isEqualTo(0.6653);
    assertThat(model.warnings()).contains("accuracy is undefined for a run: one class only");
  }

  @Test
  void answersInSentencesMadeFromTheFigures() {
    assertThat(ReportModel.of(MadeUp.study(), MadeUp.runs()).answer())
        .containsExactly(
            "Against BERT-style (accuracy 0.6632 ± 0.0030, 2 seeds): factorised only (−52\u00a0%"
                + " parameters) is not distinguishable from it (−0.0087, within noise); shared only"
                + " (−22\u00a0% parameters) is 0.0228 below it, beyond noise; ALBERT (−74\u00a0%"
                + " parameters) is 0.0320 below it, beyond noise.",
            "2 seeds are too few to test 3 comparisons: beyond noise is all that can be said.");
  }

  @Test
  void oneSeedNeverMakesADifferenceReal() {
    List<RunRecord> runs =
        List.of(MadeUp.finished("none", 256, 1, 0.9), MadeUp.finished("all", 64, 1, 0.1));
    assertThat(ReportModel.of(MadeUp.study(), runs).answer())
        .containsExactly(
            "Against BERT-style (accuracy 0.9000, 1 seed): ALBERT (−75\u00a0% parameters) differs by"
                + " −0.8000.",
            "One seed shows no spread: whether such a difference is noise is not known.");
  }

  @Test
  void manyComparisonsAreCounted() {
    List<RunRecord> runs = new ArrayList<>();
    for (int size : List.of(32, 64, 128, 256)) {
      for (int seed = 1; seed <= 3; seed++) {
        double noise = 0.001 * seed;
        runs.add(MadeUp.finished("none", size, seed, 0.80 + noise));
        runs.add(MadeUp.finished("attention", size, seed, (size == 256 ? 0.83 : 0.8002) + noise));
        runs.add(MadeUp.finished("all", size, seed, 0.75 + noise));
      }
    }
    StudyDescription study =
        new StudyDescription(
            "s", "?", new TreeMap<>(Map.of("sharing", "none")), List.of(), List.of(), "");
    assertThat(ReportModel.of(study, runs).answer())
        .containsExactly(
            "Variants by accuracy: not distinguishable from their baseline: 3; below it, beyond"
                + " noise: 4; above it, beyond noise: 1.",
            "The smallest that is not distinguishable from its baseline: embedding_size 32, sharing"
                + " attention, 960,000 parameters.",
            "Test: Welch's t test, 3 seeds, p corrected by Holm for 8 comparisons.");
  }

  /** Differences that are large beside their noise, but of three seeds in seven comparisons. */
  @Test
  void whatMoreSeedsMayDecideIsCounted() {
    List<RunRecord> runs = new ArrayList<>();
    double[] up = {0.00, 0.02, 0.01};
    double[] down = {0.02, 0.00, 0.01};
    for (int size = 8; size <= 1024; size *= 2) {
      for (int seed = 1; seed <= 3; seed++) {
        double score = size == 8 ? 0.80 + up[seed - 1] : 0.77 + down[seed - 1];
        runs.add(MadeUp.finished("none", size, seed, score));
      }
    }
    StudyDescription study =
        new StudyDescription(
            "s", "?", new TreeMap<>(Map.of("embedding_size", 8)), List.of(), List.of(), "");
    assertThat(ReportModel.of(study, runs).answer())
        .contains(
            "Variants by accuracy: not distinguishable from their baseline: 7; below it, beyond"
                + " noise: 0; above it, beyond noise: 0.",
            "Of those not distinguishable, 7 beyond noise, with p above 0.05: more seeds may"
                + " decide.");
  }

  @Test
  void withoutABaselineItNamesTheHighestAndTheNext() {
    assertThat(ReportModel.of(BARE, MadeUp.runs()).answer())
        .containsExactly(
            "embedding_size 256, sharing none has accuracy 0.6632 ± 0.0030 (2 seeds), the highest"
                + " mean; next is embedding_size 64, sharing none with accuracy 0.6545 ± 0.0061 (2"
                + " seeds), within noise of it.");
  }

  @Test
  void warnsOfABaselineThatFailed() {
    List<RunRecord> runs = new ArrayList<>(MadeUp.runs());
    runs.set(0, MadeUp.builder("none", 256, 1).failed("killed").build());
    runs.set(1, MadeUp.builder("none", 256, 2).failed("killed").build());
    ReportModel model = ReportModel.of(MadeUp.study(), runs);
    assertThat(model.warnings())
        .contains(
            "2 of 8 runs failed; they are counted and are in no mean.",
            "The baseline BERT-style has no finished run: no differences from it.");
    assertThat(model.answer().get(0)).startsWith("factorised only has accuracy 0.6545");
  }

  @Test
  void warnsOfRunsThatAreNotEqual() {
    List<RunRecord> runs = new ArrayList<>(MadeUp.runs());
    Map<String, Object> longer = new TreeMap<>(runs.get(0).config());
    longer.put("epochs", 4);
    RunRecord other =
        runs.get(0).toBuilder()
            .config(longer)
            .provenance(MadeUp.provenance("0badc0d"))
            .finished(List.of(Score.of("wordnet", "accuracy", "dev", 0.66, 100, "best of 3")))
            .build();
    runs.set(0, other);
    assertThat(ReportModel.of(MadeUp.study(), runs).warnings())
        .containsExactlyInAnyOrder(
            "accuracy: the runs chose their model by different protocols: not comparable.",
            "accuracy: the runs were scored on different numbers of examples.",
            "The runs of BERT-style differ in epochs as well as in seeds.",
            "The runs differ in commit: compare speeds and scores with care.");
    assertThat(ReportModel.of(MadeUp.study(), MadeUp.runs()).warnings()).isEmpty();
  }

  @Test
  void eachTaskHasItsMetricsAndItsBaseline() {
    List<RunRecord> runs = new ArrayList<>();
    for (String task : List.of("mrpc", "rte")) {
      for (String sharing : List.of("none", "all")) {
        Map<String, Object> varied = Map.of("task", task, "sharing", sharing);
        double value = task.equals("mrpc") ? 0.8 : 0.6;
        runs.add(
            MadeUp.builder(sharing, task.length(), 1)
                .config(varied)
                .variant(varied)
                .finished(List.of(Score.of(task, "accuracy", "dev", value, 400, "last")))
                .build());
      }
    }
    StudyDescription study =
        new StudyDescription(
            "s", "?", new TreeMap<>(Map.of("sharing", "none")), List.of(), List.of(), "");
    ReportModel model = ReportModel.of(study, runs);
    assertThat(model.primaryMetrics())
        .extracting(ReportMetric::label)
        .containsExactlyInAnyOrder("mrpc accuracy", "rte accuracy");
    for (ReportRow row : model.rows()) {
      assertThat(row.scores()).hasSize(1);
    }
    assertThat(model.answer()).hasSize(4);
  }
}
