package albert.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import albert.evaluation.record.DataFingerprint;
import albert.evaluation.record.RunRecord;
import albert.evaluation.record.RunStatus;
import albert.evaluation.record.RunStore;
import albert.evaluation.record.Score;
import albert.evaluation.record.Stage;
import albert.experiments.training.pretraining.SmallCorpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Studies whose runs start from what the study itself pretrains. */
final class PretrainedStudyTest {

  private static final String STUDY =
      """
      study: pretrained
      question: Does a run start from what was pretrained for it?
      base:
        task: wordnet
        preset: mini-albert
        vocab_size: 30522
        hidden_size: 16
        embedding_size: 8
        num_hidden_layers: 2
        num_attention_heads: 2
        max_seq_length: 16
        max_steps: 3
        batch_size: 16
        threads: 1
        precision: float32
        pretrain:
          corpus: CORPUS
          max_steps: 8
          batch_size: 4
          max_seq_length: 32
          warmup_steps: 2
          eval_examples: 16
          held_out_proportion: 0.2
          checkpoint_steps: 2
      seeds: [1]
      """;

  @TempDir private Path folder;

  @Test
  void eachStartIsPretrainedOnceAndItsScoresAreThoseOfTheRun() throws IOException {
    String study =
        STUDY
            .replace("seeds: [1]", "init_seeds: [1]\ndata_seeds: [1, 2]")
            .replace(
                "init_seeds",
                "vary: {pretrain_objective: [sentence_order, none]}\n"
                    + "baseline: {pretrain_objective: none}\ninit_seeds");
    Cli dry = run(study, "--dry-run");
    assertThat(dry.out()).as(dry.err()).contains("4 runs, 0 done", "2 pretrainings among it");
    assertThat(dry.out())
        .as("what runs share counts once")
        .containsPattern("pretraining +0 of 2 +16 steps")
        .containsPattern("training +0 of 4 +12 steps")
        .containsPattern("evaluation +0 of 4 +20,956 sequences");
    Cli cli = run(study);
    assertThat(cli.status()).as(cli.err()).isZero();
    assertThat(cli.err().lines().filter(line -> line.startsWith("pretraining "))).hasSize(2);
    assertThat(starts()).hasSize(2);
    assertThat(run(study, "--dry-run").out())
        .as("what is there is not left")
        .contains("4 runs, 4 done; time for the rest, one after the other: 0 s")
        .containsPattern("pretraining +2 of 2 +0 steps");
    List<RunRecord> records = records();
    assertThat(records).hasSize(4);
    assertThat(records.stream().filter(run -> measures(run, Stage.PRETRAINING)))
        .as("who made a start has its time")
        .hasSize(2);
    for (RunRecord record : records) {
      boolean pairs = "sentence_order".equals(record.config().get("pretrain_objective"));
      assertThat(record.headlineScores())
          .extracting(score -> score.task() + " " + score.metric() + " " + score.split())
          .contains("wordnet accuracy dev", "masked-lm accuracy held-out")
          .satisfies(
              names ->
                  assertThat(names.contains("sentence-order accuracy held-out")).isEqualTo(pairs));
      assertThat(record.data()).extracting(DataFingerprint::name).contains("corpus");
    }
    assertThat(run(study).out()).contains("(4 done before)");
  }

  @Test
  void aVariantWithoutACorpusIsNotPretrained() throws IOException {
    Cli cli =
        run(
            STUDY.replace(
                "seeds:",
                """
                vary:
                  - {name: scratch, pretrain_corpus: none}
                  - {name: pretrained, pretrain_objective: none}
                baseline: scratch
                seeds:\
                """));
    assertThat(cli.status()).as(cli.err()).isZero();
    assertThat(starts()).hasSize(1);
    assertThat(records())
        .extracting(
            record -> record.config().keySet().stream().anyMatch(key -> key.startsWith("pretrain")))
        .containsExactlyInAnyOrder(false, true);
  }

  /** What decides how texts are read is in the record, so that a replay reads them alike. */
  @Test
  void aStartThatTookSpecialTokensInItsTextsSaysSo() throws IOException {
    Path corpus = SmallCorpus.write(folder.resolve("special"));
    Path text = corpus.resolve("text.txt");
    Files.writeString(text, Files.readString(text).replace("sentence", "[SEP] [MASK]"));
    String study =
        STUDY
            .replace("corpus: CORPUS", "corpus: " + corpus)
            .replace("  pretrain:", "  special_in_text: true\n  pretrain:");
    Cli cli = run(study);
    assertThat(cli.status()).as(cli.err()).isZero();
    assertThat(starts()).hasSize(1);
    assertThat(Files.readString(starts().get(0).resolve("run.json")))
        .contains("\"special_in_text\" : true");
    assertThat(Cli.run("replay", starts().get(0).toString()).out()).startsWith("equal bit for bit");
    assertThat(run(study, "--dry-run").out()).contains("1 runs, 1 done");
  }

  /** What was freed is made again, once, for a seed that is added later. */
  @Test
  void aStartThatWasFreedIsPretrainedAnew() throws IOException {
    String study = STUDY.replace("seeds: [1]", "init_seeds: [1]\ndata_seeds: [1]");
    assertThat(run(study).status()).isZero();
    Path weights = starts().get(0).resolve("model.safetensors");
    byte[] first = Files.readAllBytes(weights);
    Cli clean = Cli.run("clean", folder.resolve("runs").toString(), "--keep", "none", "--yes");
    assertThat(clean.out()).contains("freed ", "runs that are added later pretrain");
    assertThat(weights).doesNotExist();
    assertThat(starts().get(0).resolve("run.json")).exists();
    Cli more = run(study.replace("data_seeds: [1]", "data_seeds: [1, 2]"));
    assertThat(more.status()).as(more.err()).isZero();
    assertThat(more.out()).contains("2 runs", "(1 done before)");
    assertThat(weights).hasBinaryContent(first);
  }

  @Test
  void aKilledPretrainingGoesOnAndGivesTheSame() throws Exception {
    String study = STUDY.replace("max_steps: 8", "max_steps: 60");
    Path file = write(study);
    Process process =
        Cli.start(
            folder.resolve("child.log"),
            "run",
            file.toString(),
            "--runs",
            folder.resolve("runs").toString());
    while (process.isAlive() && starts().stream().noneMatch(start -> hasCheckpoint(start))) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    process.destroyForcibly().waitFor();
    Matcher left =
        Pattern.compile("pretraining +0 of 1 +(\\d+) steps").matcher(run(study, "--dry-run").out());
    assertThat(left.find()).isTrue();
    assertThat(Integer.parseInt(left.group(1))).as("steps of the rest").isBetween(0, 50);
    Cli rest = run(study);
    assertThat(rest.status()).as(rest.err()).isZero();
    assertThat(rest.err()).containsPattern("pretraining \\w+, seed 1 \\(60 steps, from \\d+\\)");
    Map<String, List<Score>> broken = scores();
    Files.move(folder.resolve("runs"), folder.resolve("broken-runs"));
    assertThat(run(study).status()).isZero();
    assertThat(scores()).isEqualTo(broken);
  }

  @Test
  void whatIsPretrainedUnsharedIsCompressedForARunThatShares() throws IOException {
    Cli cli =
        run(
            STUDY
                .replace("    corpus:", "    sharing: none\n    corpus:")
                .replace("  threads: 1", "  distill_steps: 2\n  embedding_steps: 2\n  threads: 1"));
    assertThat(cli.status()).as(cli.err()).isZero();
    assertThat(records().get(0).config())
        .containsEntry("sharing", "all")
        .containsEntry("pretrain_sharing", "none")
        .containsEntry("distill_steps", 2L);
    assertThat(folder.resolve("runs/pretrained/compressed")).isDirectory();
    Path run = folder.resolve("runs/pretrained").resolve(records().get(0).runId());
    Cli replay = Cli.run("replay", run.toString());
    assertThat(replay.out()).as(replay.err()).startsWith("equal bit for bit");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "    corpus: CORPUS | | pretrain_max_steps is given, but pretrain_corpus is missing",
        "max_steps: 8 | max_stps: 8 | unknown key 'pretrain_max_stps' (did you mean",
        "max_steps: 8 | max_steps: 0 | pretrain: max_steps is 0, allowed are 1",
        "max_seq_length: 32 | max_seq_length: 600 | pretrain: max_seq_length is 600",
        "corpus: CORPUS | corpus: nowhere | nowhere: there is no such folder or file",
        "corpus: CORPUS | tokenizer: absent.json\\n    corpus: CORPUS | absent.json, which is no"
      })
  void badInputIsRefused(String from, String to, String words) throws IOException {
    Cli cli = run(STUDY.replace(from, to == null ? "" : to.replace("\\n", "\n")));
    assertThat(cli.status()).as(cli.err()).isEqualTo(2);
    assertThat(cli.err().lines()).hasSize(1);
    assertThat(cli.err()).contains(words);
  }

  @Test
  void aConfigurationFileSaysModelAndTraining() throws IOException {
    Files.writeString(
        folder.resolve("mini.yaml"), "preset: mini-albert\nobjective: none\nmax_ngram: 1\n");
    String study =
        STUDY
            .replace("  preset: mini-albert\n", "")
            .replace("    corpus:", "    config: mini.yaml\n    corpus:");
    Cli cli = run(study, "--max-runs", "1");
    assertThat(cli.status()).as(cli.err()).isZero();
    assertThat(records().get(0).config())
        .containsEntry("preset", "mini-albert")
        .containsEntry("pretrain_objective", "none")
        .containsEntry("pretrain_max_ngram", 1L)
        .containsEntry("pretrain_max_steps", 8L);
  }

  private static boolean measures(RunRecord run, Stage stage) {
    return run.timings().stages().stream().anyMatch(one -> one.stage() == stage);
  }

  private Path write(String study) throws IOException {
    Path corpus = SmallCorpus.write(folder.resolve("corpus"));
    return Files.writeString(
        folder.resolve("study.yaml"), study.replace("CORPUS", corpus.toString()));
  }

  private Cli run(String study, String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of("run", write(study).toString(), "--runs", folder.resolve("runs").toString()));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  private List<Path> starts() throws IOException {
    Path starts = folder.resolve("runs/pretrained/pretrained");
    if (!Files.isDirectory(starts)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(starts)) {
      return all.toList();
    }
  }

  private static boolean hasCheckpoint(Path start) {
    return Files.isDirectory(start.resolve("state/step-10"));
  }

  private List<RunRecord> records() throws IOException {
    return new RunStore(folder.resolve("runs")).list("pretrained").records();
  }

  private Map<String, List<Score>> scores() throws IOException {
    Map<String, List<Score>> scores = new TreeMap<>();
    for (RunRecord run : records()) {
      assertThat(run.status()).isEqualTo(RunStatus.FINISHED);
      scores.put(run.runId(), run.scores());
    }
    return scores;
  }
}
