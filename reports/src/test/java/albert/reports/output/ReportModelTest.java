package albert.reports.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.RunRecord;
import albert.evaluation.record.Score;
import albert.evaluation.stats.Analysis;
import albert.evaluation.stats.Comparison;
import albert.evaluation.stats.SeedSummary;
import albert.reports.summary.DeclaredAnalysis;
import albert.reports.summary.GridEffect;
import albert.reports.summary.ReportMetric;
import albert.reports.summary.ReportModel;
import albert.reports.summary.ReportRow;
import albert.reports.summary.Standing;
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
        .containsExactly("E 256, not shared", "E 256, shared", "E 64, not shared", "E 64, shared");
  }

  /** The findings must not say otherwise than the comparisons. */
  @Test
  void whetherAllRunsAreDegenerateIsAskedOfAllRunsAlsoOfThoseWithTheSameSeeds() {
    List<RunRecord> runs = new ArrayList<>();
    long[] seeds = {1, 1, 2, 3};
    for (int i = 0; i < seeds.length; i++) {
      Score score = MadeUp.accuracy(i == 3 ? 0.2 : 0.1230); // a majority guess has 0.1230
      runs.add(
          MadeUp.builder("all", 64, seeds[i])
              .run("quickstart", "run" + i)
              .finished(List.of(score))
              .build());
    }
    ReportModel model = ReportModel.of(MadeUp.study(), runs);
    ReportMetric metric = model.metrics().get(0);
    ReportRow row = model.rows().get(3);
    assertThat(model.standing(row, metric).degenerate()).isEqualTo(3);
    assertThat(model.standing(row, metric).scores().bySeed()).hasSize(3);
    assertThat(model.standing(row, metric).scores().degenerate()).isFalse();
  }

  @Test
  void theBestOfManyVariantsThatAreAllToldApartIsTheWinner() {
    List<RunRecord> runs = new ArrayList<>();
    for (int variant = 0; variant < 30; variant++) {
      for (int seed = 1; seed <= 4; seed++) {
        double accuracy = 0.9 - 0.02 * variant + 0.0001 * seed;
        runs.add(MadeUp.finished("none", 512 - variant, seed, accuracy));
      }
    }
    ReportModel model = ReportModel.of(BARE, runs);
    ReportMetric metric = model.metrics().get(0);
    assertThat(model.rows())
        .extracting(row -> model.standing(row, metric).place().winner())
        .startsWith(true)
        .containsOnlyOnce(true);
    // the 27th letter is a1
    assertThat(model.standing(model.rows().get(26), metric).place().group()).isEqualTo("a1");
  }

  @Test
  void takesMeanAndDeviationOverSeedsAndTheIntervalOfADifference() {
    ReportModel model = ReportModel.of(MadeUp.study(), MadeUp.runs());
    ReportMetric metric = model.metrics().get(0);
    assertThat(model.rows().get(0).score(metric).orElseThrow().mean().orElseThrow())
        .isEqualTo(0.6632, within(1e-12));
    Comparison factorised = model.comparison(model.rows().get(1), metric).orElseThrow();
    assertThat(factorised.difference().orElseThrow()).isEqualTo(-0.0087, within(1e-12));
    // s 0.0030 and 0.0061 of two seeds: t of 0.975 with 1.45 degrees of freedom
    assertThat(factorised.interval().low()).isBetween(-0.05, -0.03);
    assertThat(factorised.verdict()).isEqualTo(Comparison.Verdict.TOO_FEW_SEEDS);
    assertThat(factorised.p()).isEmpty();
    assertThat(model.comparison(model.rows().get(0), metric)).isEmpty();
  }

  @Test
  void aBaselineThatLeavesAKeyOpenIsTheSameVariantOfEachValueOfThatKey() {
    StudyDescription study =
        new StudyDescription(
            "s", "?", new TreeMap<>(Map.of("sharing", "none")), List.of(), List.of(), "");
    ReportModel model = ReportModel.of(study, MadeUp.runs());
    assertThat(model.baselineOf(model.rows().get(1)).orElseThrow().name())
        .isEqualTo("E 256, not shared");
    assertThat(model.baselineOf(model.rows().get(3)).orElseThrow().name())
        .isEqualTo("E 64, not shared");
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
    assertThat(model.comparison(model.rows().get(1), model.metrics().get(0))).isPresent();
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
    assertThat(score.failed()).isZero();
    assertThat(score.undefined()).isEqualTo(1);
    assertThat(score.mean().orElseThrow()).isEqualTo(0.6653);
    assertThat(model.warnings())
        .contains(
            "The accuracy of BERT-style is undefined in 1 of 2 runs (one class only): no conclusion"
                + " is drawn from the others.");
  }

  @Test
  void twoSeedsSupportNoConclusionAnywhere() {
    ReportModel model = ReportModel.of(MadeUp.study(), MadeUp.runs());
    assertThat(model.answer())
        .containsExactly(
            "Against BERT-style with accuracy 0.6632 ± 0.0030 (2 seeds): factorised only (−52\u00a0%"
                + " parameters) differs by −0.0087, no conclusion; shared only (−22\u00a0%"
                + " parameters) differs by −0.0228, no conclusion; ALBERT (−74\u00a0% parameters)"
                + " differs by −0.0320, no conclusion.",
            "Fewer than 3 seeds a side support no conclusion.");
    for (ReportRow row : model.variants()) {
      Standing standing = model.standing(row, model.metrics().get(0));
      assertThat(standing.place().group()).isEqualTo("a");
      assertThat(standing.place().winner()).isFalse();
    }
    assertThat(model.effects()).isEmpty();
    assertThat(model.recommended(model.metrics().get(0))).isEmpty();
  }

  @Test
  void answersInSentencesMadeFromTheFigures() {
    List<RunRecord> runs = new ArrayList<>();
    double[] noise = {0.000, 0.002, 0.004, 0.001, 0.003};
    for (int seed = 1; seed <= 5; seed++) {
      runs.add(MadeUp.finished("none", 256, seed, 0.660 + noise[seed - 1]));
      runs.add(MadeUp.finished("none", 64, seed, 0.659 + noise[5 - seed]));
      runs.add(MadeUp.finished("all", 256, seed, 0.630 + noise[seed - 1]));
      runs.add(MadeUp.finished("all", 64, seed, 0.600 + noise[5 - seed]));
    }
    ReportModel model = ReportModel.of(MadeUp.study(), runs);
    assertThat(model.answer())
        .containsExactly(
            "Against BERT-style with accuracy 0.6620 ± 0.0016 (5 seeds): factorised only (−75\u00a0%"
                + " parameters) is not distinguishable from it (−0.0010, 95\u00a0% interval −0.0033"
                + " to +0.0013); shared only is 0.0300 lower (95\u00a0% interval −0.0323 to −0.0277,"
                + " p < 0.001); ALBERT (−75\u00a0% parameters) is 0.0600 lower (95\u00a0% interval"
                + " −0.0623 to −0.0577, p < 0.001).",
            "The smallest variant whose loss is shown to be below 0.0100 accuracy (one point, as the"
                + " study declares no margin) is factorised only, with 1,920,000 parameters (p"
                + " < 0.001).",
            "Test: Welch's t test, 5 seeds, p corrected by Holm for 3 comparisons.",
            "What embedding_size 64 instead of 256 changes in accuracy differs by −0.0290 (95\u00a0%"
                + " interval −0.0320 to −0.0260, p < 0.001) between sharing all and none.",
            "On average over the other keys, sharing all instead of none changes accuracy by −0.0445"
                + " (95\u00a0% interval −0.0460 to −0.0430, p < 0.001).",
            "On average over the other keys, embedding_size 64 instead of 256 changes accuracy by"
                + " −0.0155 (95\u00a0% interval −0.0170 to −0.0140, p < 0.001).");
    assertThat(model.recommended(model.metrics().get(0)).orElseThrow().name())
        .isEqualTo("factorised only");
  }

  /** A variant whose loss is not shown to be small is not recommended, however it compares. */
  @Test
  void noVariantIsRecommendedForWantOfPower() {
    List<RunRecord> runs = new ArrayList<>();
    double[] noise = {0.00, 0.05, 0.10};
    for (int seed = 1; seed <= 3; seed++) {
      runs.add(MadeUp.finished("none", 256, seed, 0.70 + noise[seed - 1]));
      runs.add(MadeUp.finished("none", 64, seed, 0.65 + noise[seed - 1]));
    }
    List<String> answer = ReportModel.of(MadeUp.study(), runs).answer();
    assertThat(String.join("\n", answer))
        .contains("is not distinguishable from it", "none is recommended")
        .doesNotContain("smallest");
  }

  @Test
  void survivorsWinNothing() {
    List<RunRecord> runs = new ArrayList<>();
    for (int seed = 1; seed <= 5; seed++) {
      runs.add(MadeUp.finished("none", 256, seed, 0.60 + 0.001 * seed));
      runs.add(
          seed > 2
              ? MadeUp.builder("all", 64, seed).failed("loss is NaN").build()
              : MadeUp.finished("all", 64, seed, 0.90 + 0.001 * seed));
    }
    ReportModel model = ReportModel.of(MadeUp.study(), runs);
    ReportRow albert = model.rows().get(3);
    Standing standing = model.standing(albert, model.metrics().get(0));
    assertThat(model.answer().get(0))
        .isEqualTo(
            "3 of 5 runs of ALBERT failed (60\u00a0%, 95 % interval 23 to 88\u00a0%, Fisher's p"
                + " against the baseline 0.167): no conclusion is drawn from the others.");
    assertThat(standing.comparison().orElseThrow().verdict())
        .isEqualTo(Comparison.Verdict.FAILED_RUNS);
    assertThat(standing.place().winner()).isFalse();
    // two at 0.9015 on average, three at the guess's 0.123
    assertThat(standing.failures().atChance().orElseThrow())
        .isEqualTo((0.901 + 0.902 + 3 * 0.123) / 5, within(1e-12));
  }

  @Test
  void runsThatPredictOneClassSupportNothing() {
    List<RunRecord> runs = new ArrayList<>();
    for (int seed = 1; seed <= 3; seed++) {
      runs.add(MadeUp.finished("none", 256, seed, 0.60 + 0.001 * seed));
      Score other = Score.of("wordnet", "macro_f1", "dev", 0.01, 13_790, "last");
      List<Score> scores = List.of(MadeUp.accuracy(0.1230), other);
      runs.add(MadeUp.builder("all", 64, seed).finished(scores).build());
    }
    ReportModel model = ReportModel.of(MadeUp.study(), runs);
    assertThat(
            model.comparison(model.rows().get(3), model.metrics().get(0)).orElseThrow().verdict())
        .isEqualTo(Comparison.Verdict.DEGENERATE);
    assertThat(model.warnings())
        .containsOnlyOnce(
            "3 runs of ALBERT predict the same for all examples of wordnet: such runs support"
                + " nothing.");
  }

  @Test
  void whatAStudyDeclaresIsWhatCounts() {
    StudyDescription plain = MadeUp.study();
    StudyDescription declared =
        new StudyDescription(
            plain.study(),
            plain.question(),
            plain.baseline(),
            plain.variants(),
            plain.references(),
            plain.command(),
            new DeclaredAnalysis("f1", 0.02, true, 0.01));
    List<RunRecord> runs = new ArrayList<>();
    for (RunRecord run : MadeUp.runs()) {
      List<Score> scores = new ArrayList<>(run.scores());
      scores.add(Score.of("wordnet", "f1", "dev", 0.5 + 0.01 * run.initSeed(), 13_790, "last"));
      runs.add(run.toBuilder().finished(scores).build());
    }
    ReportModel model = ReportModel.of(declared, runs);
    assertThat(model.primaryMetrics()).extracting(ReportMetric::metric).containsExactly("f1");
    assertThat(model.plan().analysis()).isEqualTo(new Analysis(0.01, true));
    assertThat(model.plan().margin(model.primaryMetrics().get(0))).hasValue(0.02);
    assertThat(String.join(" ", ReportModel.of(declared, MadeUp.runs()).warnings()))
        .contains("declares f1 as its primary metric, and no run has a score of it");
    assertThat(ReportModel.of(plain, runs).primaryMetrics())
        .extracting(ReportMetric::metric)
        .containsExactly("accuracy");
    assertThat(String.join(" ", Methods.declared(model)))
        .isEqualTo(
            "Declared before the runs: primary metric f1; margin 0.0200; paired seeds; alpha 0.01."
                + " Looked at besides, in a family of their own and not in the answer: accuracy.");
  }

  @Test
  void effectsThatAreTooManyAreLeftOut() {
    assertThat(effects(20)).hasSize(39).anyMatch(GridEffect::isInteraction);
    assertThat(effects(30)).hasSize(30).noneMatch(GridEffect::isInteraction);
    assertThat(effects(42)).isEmpty();
  }

  /** Of so many sizes with and without sharing. */
  private static List<GridEffect> effects(int sizes) {
    List<RunRecord> runs = new ArrayList<>();
    for (int size = 1; size <= sizes; size++) {
      for (int seed = 1; seed <= 3; seed++) {
        runs.add(MadeUp.finished("none", size, seed, 0.8 + 0.001 * seed));
        runs.add(MadeUp.finished("all", size, seed, 0.7 + 0.001 * seed));
      }
    }
    return ReportModel.of(BARE, runs).effects();
  }

  /** Letters that are not tested would say of all that they are tied. */
  @Test
  void moreThanSixtyVariantsGetNoLetters() {
    List<RunRecord> runs = new ArrayList<>();
    for (int size = 1; size <= 61; size++) {
      for (int seed = 1; seed <= 3; seed++) {
        runs.add(MadeUp.finished("none", size, seed, 0.5 + 0.005 * size + 0.0001 * seed));
      }
    }
    ReportModel model = ReportModel.of(BARE, runs);
    assertThat(model.answer().get(0)).endsWith("not tested among more than 60 variants.");
    for (ReportRow row : model.variants()) {
      assertThat(model.standing(row, model.metrics().get(0)).place().group()).isEmpty();
    }
    ReportModel sixty = ReportModel.of(BARE, runs.subList(3, runs.size()));
    assertThat(sixty.answer().get(0)).contains("told apart from it");
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
        .startsWith(
            "Variants against their baseline by accuracy: higher: 1; lower: 4; not distinguishable:"
                + " 3.",
            "Test: Welch's t test, 3 seeds, p corrected by Holm for 8 comparisons.")
        .hasSize(6);
  }

  @Test
  void withoutABaselineItNamesTheHighestAndTheNext() {
    assertThat(ReportModel.of(BARE, MadeUp.runs()).answer())
        .containsExactly(
            "E 256, not shared has accuracy 0.6632 ± 0.0030 (2 seeds), the highest mean; next is E"
                + " 64, not shared with accuracy 0.6545 ± 0.0061 (2 seeds), no conclusion.");
    List<RunRecord> clear = new ArrayList<>();
    for (int seed = 1; seed <= 3; seed++) {
      clear.add(MadeUp.finished("none", 256, seed, 0.9 + 0.001 * seed));
      clear.add(MadeUp.finished("all", 64, seed, 0.1 + 0.001 * seed));
    }
    assertThat(ReportModel.of(BARE, clear).answer().get(0)).contains("told apart from it");
  }

  @Test
  void warnsOfABaselineThatFailed() {
    List<RunRecord> runs = new ArrayList<>(MadeUp.runs());
    runs.set(0, MadeUp.builder("none", 256, 1).failed("killed").build());
    runs.set(1, MadeUp.builder("none", 256, 2).failed("killed").build());
    ReportModel model = ReportModel.of(MadeUp.study(), runs);
    assertThat(model.warnings())
        .contains(
            "2 of 8 runs failed. Means are those of the others, which were chosen by their success:"
                + " no conclusion is drawn from them.",
            "The baseline BERT-style has no finished run: no differences from it.");
    assertThat(model.answer().get(0)).startsWith("2 of 2 runs of BERT-style failed");
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
    assertThat(model.answer())
        .containsExactly(
            "Over 2 tasks, not shared averages 0.7000.",
            "shared averages 0.7000, which differs by +0.0000 from not shared: no conclusion, fewer"
                + " than 3 seeds.",
            "Variants against their baseline by mrpc accuracy: higher: 0; lower: 0; not"
                + " distinguishable: 0; no conclusion, fewer than 3 seeds: 1.",
            "Variants against their baseline by rte accuracy: higher: 0; lower: 0; not"
                + " distinguishable: 0; no conclusion, fewer than 3 seeds: 1.",
            "Fewer than 3 seeds a side support no conclusion.");
  }
}
