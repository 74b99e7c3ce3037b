package albert.experiments.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.evaluation.stats.Analysis;
import albert.experiments.config.PlannedRun;
import albert.experiments.config.RunSeeds;
import albert.model.config.ConfigException;
import albert.reports.summary.DeclaredAnalysis;
import albert.reports.summary.StudyDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Study files and the plans that follow from them. */
final class StudyFileTest {

  private static final String GOOD =
      """
      study: sharing
      question: What does sharing cost?
      base: {preset: mini-bert, task: wordnet, learning_rate: 5e-5}
      vary:
        sharing: [none, all]
        embedding_size: [256, 128]
      baseline: {sharing: none, embedding_size: 256}
      seeds: [1, 2]
      """;

  @TempDir private Path folder;

  @Test
  void plansBaseTimesVariantsTimesSeeds() {
    RunPlan plan = RunPlan.of(StudyFile.parse(GOOD, "x.yaml"));
    assertThat(plan.runs()).hasSize(8);
    assertThat(plan.runs().stream().map(PlannedRun::label).limit(4))
        .containsExactly(
            "sharing=none, embedding_size=256",
            "sharing=none, embedding_size=128",
            "sharing=all, embedding_size=256",
            "sharing=all, embedding_size=128");
    assertThat(plan.runs().stream().map(run -> run.seeds().init()))
        .containsExactly(1L, 1L, 1L, 1L, 2L, 2L, 2L, 2L);
    assertThat(plan.runs().get(3).config().encoder().embeddingSize()).isEqualTo(128);
    assertThat(plan.runs().get(3).config().training().learningRate()).isEqualTo(5e-5);
  }

  @Test
  void twoKindsOfSeedsAreCrossed() {
    Study study =
        StudyFile.parse(
            GOOD.replace("seeds: [1, 2]", "init_seeds: [1, 2]\ndata_seeds: [7, 8, 9]"), "x.yaml");
    assertThat(study.seeds())
        .hasSize(6)
        .startsWith(new RunSeeds(1, 7), new RunSeeds(1, 8))
        .endsWith(new RunSeeds(2, 9));
  }

  @Test
  void theAnalysisIsDeclaredBefore() {
    Study study =
        StudyFile.parse(
            GOOD + "analysis: {primary: accuracy, margin: 0.02, paired: true, alpha: 0.01}\n",
            "x.yaml");
    assertThat(study.analysis()).isEqualTo(new DeclaredAnalysis("accuracy", 0.02, true, 0.01));
    assertThat(study.judgement()).isEqualTo(new Analysis(0.01, true));
    assertThat(StudyFile.parse(GOOD, "x.yaml").analysis()).isEqualTo(DeclaredAnalysis.NONE);
    assertThat(StudyFile.parse(GOOD, "x.yaml").judgement()).isEqualTo(Analysis.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{margn: 0.1}; unknown key 'margn'",
        "{margin: 0}; analysis.margin is 0, allowed is a number above 0",
        "{margin: '0.1'}; analysis.margin is the text \"0.1\", allowed is a number above 0",
        "{alpha: 0.5}; analysis.alpha is 0.5, allowed is a number above 0 and below 0.5",
        "{paired: yes}; analysis.paired is yes, allowed is true and false",
        "{primary: a b}; analysis.primary is a b, allowed is the name of a metric",
        "accuracy; analysis is accuracy, allowed are keys with values",
      })
  void anAnalysisThatIsNoneIsRefused(String section, String message) {
    assertThatThrownBy(() -> StudyFile.parse(GOOD + "analysis: " + section + "\n", "x.yaml"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("x.yaml, line");
  }

  @Test
  void aPrimaryMetricThatNoTaskHasIsRefusedBeforeAnyRun() {
    Study study = StudyFile.parse(GOOD + "analysis: {primary: f1}\n", "x.yaml");
    assertThatThrownBy(() -> RunPlan.of(study))
        .isInstanceOf(ConfigException.class)
        .hasMessage("analysis.primary is f1, the tasks of x.yaml are scored by accuracy");
    String mrpc = GOOD.replace("task: wordnet", "task: mrpc") + "analysis: {primary: f1}\n";
    assertThat(RunPlan.of(StudyFile.parse(mrpc, "x.yaml")).runs()).hasSize(8);
  }

  @Test
  void withoutVaryThereIsOneVariant() {
    String text = "study: a\nquestion: b\nbase: {preset: mini-bert, task: wordnet}\nseeds: [3]\n";
    RunPlan plan = RunPlan.of(StudyFile.parse(text, "x.yaml"));
    assertThat(plan.runs()).extracting(PlannedRun::label).containsExactly("base");
  }

  @Test
  void settingsThatChangeTogetherAreAnAxis() {
    String text =
        GOOD.replace(
                "embedding_size: [256, 128]",
                "size:\n    - {name: wide, hidden_size: 512, num_attention_heads: 8}\n"
                    + "    - {name: deep, num_hidden_layers: 8}")
            .replace("embedding_size: 256", "size: deep");
    RunPlan plan = RunPlan.of(StudyFile.parse(text, "x.yaml"));
    assertThat(plan.runs().stream().map(PlannedRun::label).limit(4))
        .containsExactly(
            "sharing=none, wide", "sharing=none, deep", "sharing=all, wide", "sharing=all, deep");
    assertThat(plan.varied(plan.runs().get(2)))
        .isEqualTo(
            Map.of(
                "sharing", "all",
                "hidden_size", 512,
                "num_attention_heads", 8,
                "num_hidden_layers", 4));
    assertThat(plan.baseline())
        .isEqualTo(
            Map.of(
                "sharing", "none",
                "hidden_size", 256,
                "num_attention_heads", 4,
                "num_hidden_layers", 8));
  }

  @Test
  void variantsMayBeAListWithNames() {
    String text =
        """
        study: families
        question: Which?
        base: {task: wordnet}
        vary:
          - {name: BERT, preset: mini-bert}
          - {name: ALBERT, preset: mini-albert, sharing: ffn}
        baseline: BERT
        seeds: [1]
        """;
    RunPlan plan = RunPlan.of(StudyFile.parse(text, "x.yaml"));
    assertThat(plan.runs()).extracting(PlannedRun::label).containsExactly("BERT", "ALBERT");
    assertThat(plan.baseline()).isEqualTo(Map.of("preset", "mini-bert", "sharing", "none"));
  }

  @Test
  void aKeyThatTheBaselineLacksIsSaidToBeMissing() {
    String text =
        """
        study: pretraining
        question: Which?
        base: {task: wordnet, preset: mini-albert, vocab_size: 30522}
        vary:
          - {name: from scratch, pretrain_corpus: none}
          - {name: pretrained, pretrain_corpus: wordnet}
        baseline: from scratch
        seeds: [1]
        """;
    assertThat(RunPlan.of(StudyFile.parse(text, "x.yaml")).baseline())
        .isEqualTo(Map.of("pretrain_corpus", StudyDescription.MISSING));
  }

  @Test
  void everyTaskMayHaveItsOwnBaseline() {
    String text =
        GOOD.replace(", task: wordnet", "")
            .replace("embedding_size: [256, 128]", "task: [wordnet]")
            .replace(", embedding_size: 256", "");
    assertThat(RunPlan.of(StudyFile.parse(text, "x.yaml")).baseline())
        .isEqualTo(Map.of("sharing", "none"));
  }

  @Test
  void variantsThatAreTheSameAreRefused() {
    String text =
        GOOD.replace("[256, 128]", "[{name: a, embedding_size: 256}, {name: b, groups: 1}]")
            .replace("none, embedding_size: 256}", "none, embedding_size: a}");
    assertThatThrownBy(() -> RunPlan.of(StudyFile.parse(text, "x.yaml")))
        .hasMessage("variants 'sharing=none, a' and 'sharing=none, b' are the same in x.yaml");
  }

  @Test
  void aStudyExtendsAnother() throws IOException {
    Files.writeString(folder.resolve("parent.yaml"), GOOD);
    Path child =
        Files.writeString(
            folder.resolve("child.yaml"),
            """
            extends: parent.yaml
            study: child
            base: {epochs: 7, learning_rate: 1e-4}
            """);
    Study study = StudyFile.read(child);
    assertThat(study.name()).isEqualTo("child");
    assertThat(study.question()).isEqualTo("What does sharing cost?");
    assertThat(study.base().values())
        .containsEntry("epochs", 7)
        .containsEntry("learning_rate", 1e-4)
        .containsEntry("preset", "mini-bert");
    assertThat(RunPlan.of(study).runs()).hasSize(8);
    assertThat(study.baseline()).isPresent();

    Path grandchild =
        Files.writeString(
            folder.resolve("grandchild.yaml"),
            """
            extends: child.yaml
            study: g
            vary: {epochs: [1, 2]}
            init_seeds: [1]
            data_seeds: [4, 5]
            """);
    Study varied = StudyFile.read(grandchild);
    assertThat(varied.baseline()).isEmpty();
    assertThat(varied.seeds()).containsExactly(new RunSeeds(1, 4), new RunSeeds(1, 5));
    assertThat(RunPlan.of(varied).runs()).hasSize(4);
  }

  @Test
  void whatIsWrongInAnExtendedStudyIsNamedThere() throws IOException {
    Path parent = Files.writeString(folder.resolve("parent.yaml"), GOOD.replace("5e-5", "fast"));
    Path child = Files.writeString(folder.resolve("c.yaml"), "extends: parent.yaml\nstudy: c\n");
    assertThatThrownBy(() -> StudyFile.read(child)).hasMessageContaining(parent + ", line 3");
    Files.writeString(parent, "extends: c.yaml\n");
    assertThatThrownBy(() -> StudyFile.read(child)).hasMessageContaining("or one itself");
    Files.writeString(parent, GOOD);
    Path nameless = Files.writeString(folder.resolve("n.yaml"), "extends: parent.yaml\n");
    assertThatThrownBy(() -> StudyFile.read(nameless))
        .hasMessage("study is missing in " + nameless + ", line 1");
  }

  /** What is replaced in {@link #GOOD} by what, and what the message must say. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "question: | questoin: | unknown key 'questoin' (did you mean 'question'?) in x.yaml, line 2",
        "learning_rate | lerning_rate | unknown key 'lerning_rate' (did you mean 'learning_rate'?) in x.yaml, line 3",
        "seeds: [1, 2] | # nothing | seeds is missing in x.yaml, line 1",
        "study: sharing | # nothing | study is missing in x.yaml, line 2",
        "study: sharing | study: ../x | study is '../x', allowed are up to 64 letters, digits, '.', '_' and '-' in x.yaml, line 1",
        "preset: mini-bert, | `` | base has no preset and no model in x.yaml",
        "task: wordnet | task: wordnet, task: wordnet | key 'task' is repeated, first in line 3 in x.yaml, line 3",
        "seeds: [1, 2] | seeds: [] | seeds is an empty list, allowed is a list of at least one value in x.yaml, line 8",
        "seeds: [1, 2] | seeds: [1, 1] | seeds has 1 twice in x.yaml, line 8",
        "seeds: [1, 2] | seeds: [1, 2.5] | seeds has 2.5, allowed are whole numbers from 0 in x.yaml, line 8",
        "seeds: [1, 2] | seeds: [1, -2] | seeds has -2, allowed are whole numbers from 0 in x.yaml, line 8",
        "seeds: [1, 2] | seeds: 1 | seeds is 1, allowed is a list of at least one value in x.yaml, line 8",
        "seeds: [1, 2] | seeds: [\"1\"] | seeds has the text \"1\", allowed are whole numbers from 0 in x.yaml, line 8",
        "[256, 128] | [256, 128.0] | embedding_size is 128.0, allowed is a whole number in x.yaml, line 6",
        "[256, 128] | [256, \"128\"] | embedding_size is the text \"128\", allowed is a whole number in x.yaml, line 6",
        "[256, 128] | [256, 256] | vary has embedding_size=256 twice in x.yaml, line 6",
        "[256, 128] | [256, 0] | embedding_size is 0, allowed are 1 to 65536 in x.yaml, line 6",
        "[256, 128] | [256, ] extra | not YAML: a line, or what follows a value, does not fit what"
            + " is above it in x.yaml, line 6, column 27",
        "[none, all] | [none, al] | sharing is 'al' (did you mean 'all'?), allowed are none, attention, ffn, all in x.yaml, line 5",
        "[none, all] | none | sharing is none, allowed is a list of at least one value in x.yaml, line 5",
        "embedding_size: 256} | embedding_size: 64} | baseline has embedding_size=64, which vary has not in x.yaml, line 7",
        ", embedding_size: 256} | } | baseline has no embedding_size, which vary has in x.yaml, line 7",
        "5e-5} | fast} | learning_rate is fast, allowed is a number in x.yaml, line 3",
        "5e-5} | -1} | learning_rate is -1.0, allowed are above 0 up to 10.0 in x.yaml, line 3",
        "5e-5} | 5e-5, sharing: all} | sharing is in base (x.yaml, line 3) and varies too (x.yaml, line 5)",
        "5e-5} | 5e-5, hidden_size: 770} | hidden_size 770 is not a multiple of num_attention_heads 4 in x.yaml, line 3",
        "5e-5} | 5e-5, groups: 3} | groups is 3, but sharing is none: groups say how many sets of weights a shared part has in x.yaml, line 3",
        "5e-5} | 5e-5, max_seq_length: 513} | max_seq_length is 513, allowed are 1 to max_position_embeddings 512 in x.yaml, line 3",
        "5e-5} | 5e-5, max_position_embeddings: 64} | max_seq_length is 128, allowed are 1 to max_position_embeddings 64 in x.yaml, line 3",
        "5e-5} | 5e-5, epochs: } | epochs is empty, allowed is a whole number in x.yaml, line 3",
        "base: { | base: &b { | anchors and aliases (&b) are not supported in x.yaml, line 3",
        "study: sharing | study: !!java.lang.String sharing | tags (!!) are not supported in"
            + " x.yaml, line 1, column 8",
        "study: sharing | study: !mine sharing | tags (!mine) are not supported in x.yaml, line 1",
        "study: sharing | extends: \"a\\0b\" | extends has a NUL in it, allowed is a text without in x.yaml, line 1",
        "5e-5} | 5e-5, model: \"a\\0b\"} | model has a NUL in it, allowed is a text without in x.yaml, line 3",
        "study: sharing | extends: other.yaml | a study without a file can't extend other.yaml in x.yaml, line 1",
        "[none, all] | [{name: a, sharing: none}, {sharing: all}] | a choice of sharing has no name in x.yaml, line 5",
        "[none, all] | [{name: a, sharing: none}, {name: a, sharing: all}] | sharing has two choices called a in x.yaml, line 5",
        "[none, all] | [{name: a, sharing: none}, {name: b}] | choice b of sharing sets nothing in x.yaml, line 5",
        "[none, all] | [{name: a, sharing: none}, {name: b, embedding_size: 64}] | embedding_size varies in sharing and in embedding_size in x.yaml, line 6",
        "[none, all] | [{name: nine, sharing: none}, {name: b, sharing: all}] | baseline has none, which vary has not (did you mean 'nine'?) in x.yaml, line 7",
        "seeds: [1, 2] | seeds: [1]\u0085--- | a second document begins, allowed is one in x.yaml,"
            + " line 9, column 1",
        "seeds: [1, 2] | seeds: [1, +2] | seeds has +2, allowed are whole numbers from 0 in x.yaml,"
            + " line 8",
        "seeds: [1, 2] | seeds: [1, 010] | seeds has 010, allowed are whole numbers from 0 in"
            + " x.yaml, line 8",
        "seeds: [1, 2] | seeds: [1, 1000000000] | seeds has 1000000000, allowed are whole numbers"
            + " from 0 in x.yaml, line 8",
        "5e-5} | 1f} | learning_rate is 1f, allowed is a number in x.yaml, line 3",
        "5e-5} | .inf} | learning_rate is .inf, allowed is a number in x.yaml, line 3",
        "baseline: {sharing | baseline: {Sharing | baseline has Sharing, which vary has not (did"
            + " you mean 'sharing'?) in x.yaml, line 7",
        "preset: mini-bert | preset: Mini-BERT | preset is 'Mini-BERT' (did you mean 'mini-bert'?),"
            + " allowed are albert-base, albert-large, albert-xlarge, albert-xxlarge, bert-base,"
            + " bert-large, mini-albert, mini-bert in x.yaml, line 3",
        "task: wordnet | task: WordNet | task is 'WordNet' (did you mean 'wordnet'?), allowed are"
            + " cola, sst-2, mrpc, sts-b, qqp, mnli, qnli, rte, wnli, ax, wordnet, squad-v1.1,"
            + " squad-v2.0, conll-2003, wnut-17, wikiann, csv, race, dream, swag, snips, atis,"
            + " clinc150, scitldr, cnn-dailymail (for data of your own: --task csv --data FILE)"
            + " in x.yaml, line 3"
      })
  void saysWhatIsWrongAndWhere(String from, String to, String message) {
    String text = GOOD.replace(from, to == null ? "" : to.replace('\u0085', '\n'));
    assertThat(text).isNotEqualTo(GOOD);
    assertThatThrownBy(() -> RunPlan.of(StudyFile.parse(text, "x.yaml")))
        .isInstanceOf(ConfigException.class)
        .hasMessage(message);
  }

  @Test
  void refusesATextThatGrowsWhenRead() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 30; i++) {
      bomb.append(String.format(Locale.ROOT, "a%d: &a%d [*a%d, *a%d]\n", i, i, i - 1, i - 1));
    }
    assertThatThrownBy(() -> StudyFile.parse(bomb.toString(), "x.yaml"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("x.yaml");
    assertThatThrownBy(() -> StudyFile.parse("[".repeat(10_000), "x.yaml"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("x.yaml");
  }

  @Test
  void refusesAGridThatNobodyCanRun() {
    StringBuilder values = new StringBuilder("1");
    for (int i = 2; i <= 400; i++) {
      values.append(", ").append(i);
    }
    String text =
        GOOD.replace("[256, 128]", "[" + values + "]")
            .replace("baseline: {sharing: none, embedding_size: 256}", "")
            .replace("seeds: [1, 2]", "seeds: [" + values + "]");
    assertThatThrownBy(() -> RunPlan.of(StudyFile.parse(text, "x.yaml")))
        .hasMessage("more than 100000 runs in x.yaml");
  }

  @Test
  void saysWhichFileCantBeRead() throws IOException {
    Path absent = folder.resolve("absent.yaml");
    assertThatThrownBy(() -> StudyFile.read(absent)).hasMessage(absent + " does not exist");
    assertThatThrownBy(() -> StudyFile.read(folder)).hasMessage(folder + " is not a file");
    Path binary = Files.write(folder.resolve("b.yaml"), new byte[] {(byte) 0xff, 0});
    assertThatThrownBy(() -> StudyFile.read(binary)).hasMessage(binary + " is not UTF-8 text");
    Path empty = Files.writeString(folder.resolve("e.yaml"), "");
    assertThatThrownBy(() -> StudyFile.read(empty)).hasMessage(empty + " is empty");
  }
}
