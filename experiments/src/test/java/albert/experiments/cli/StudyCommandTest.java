package albert.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import albert.evaluation.record.RunRecord;
import albert.evaluation.record.RunStatus;
import albert.evaluation.record.RunStore;
import albert.evaluation.record.Score;
import albert.evaluation.record.Stage;
import albert.evaluation.record.StageSeconds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code run} and {@code report} as a person uses them, on the data that comes by Maven. */
final class StudyCommandTest {

  static final String STUDY =
      """
      study: small
      question: Does a tiny study work from its file to its report?
      base:
        task: wordnet
        preset: mini-albert
        vocab_size: 30522
        hidden_size: 16
        embedding_size: 8
        num_hidden_layers: 2
        num_attention_heads: 2
        max_seq_length: 16
        max_steps: 30
        batch_size: 4
        learning_rate: 1.0e-3
        logging_steps: 5
        threads: 1
        precision: float32
      vary:
        sharing: [none, all]
      baseline: {sharing: none}
      seeds: [1, 2]
      """;

  @TempDir private Path folder;

  @Test
  void aStudyIsRunOnceAndReported() throws IOException {
    Path file = Files.writeString(folder.resolve("small.yaml"), STUDY);
    Cli first = run(file);
    assertThat(first.err().lines().filter(line -> line.startsWith("[")))
        .hasSize(4)
        .allMatch(line -> line.contains("accuracy 0."));
    assertThat(first.err())
        .containsPattern(
            "sharing=none, seed 1\ntraining \\(30 steps\\)\n  30 steps in \\d+\\.\\d s\n");
    assertThat(first.err())
        .containsPattern("training, about \\d:\\d\\d: encoder and head learn the task wordnet ")
        .containsPattern("\\[1/4\\] .*\n  about \\d:\\d\\d left\n")
        .containsPattern("\nsharing=all: 0\\.\\d{4} ± 0\\.\\d{4} accuracy \\(2 seeds\\)\n");
    assertThat(first.status()).isZero();
    assertThat(first.out()).contains("4 runs", "(0 done before)");
    List<RunRecord> records = records();
    assertThat(records).hasSize(4).allMatch(r -> r.status() == RunStatus.FINISHED);
    assertThat(records).allSatisfy(StudyCommandTest::hasItsStages);
    String note = "the last weights predict one class for all of dev";
    assertThat(first.err().lines().filter(line -> line.endsWith(note)))
        .hasSameSizeAs(records.stream().filter(r -> r.notes().equals(List.of(note))).toList())
        .isNotEmpty();

    assertThat(run(file).out()).contains("4 runs", "(4 done before)");
    assertThat(records()).isEqualTo(records);

    Path output = folder.resolve("report");
    Cli report = Cli.run("report", runs().resolve("small").toString(), "--output", output + "");
    assertThat(report.status()).as(report.err()).isZero();
    assertThat(output.resolve("report.html")).isNotEmptyFile();
    assertThat(Files.readString(output.resolve("report.md")))
        .contains("Does a tiny study work", "| not shared |", "| shared |", "baseline")
        .contains("majority guess", "bag of words")
        .contains(note);
  }

  private static void hasItsStages(RunRecord run) {
    assertThat(run.timings().stages())
        .extracting(StageSeconds::stage)
        .containsExactly(
            Stage.TRAINING, Stage.EVALUATION, Stage.FILES, Stage.OTHER_PARTS, Stage.LATENCY);
    assertThat(run.scores())
        .anyMatch(score -> score.split().equals("test") && score.protocol().startsWith("best"));
  }

  @Test
  void benchmarksAreReportedBesideTheRuns() throws IOException {
    String one = STUDY.replace("seeds: [1, 2]", "seeds: [1]").replace("steps: 30", "steps: 2");
    assertThat(run(Files.writeString(folder.resolve("small.yaml"), one)).status()).isZero();
    Path output = folder.resolve("with-benchmarks");
    String benchmark =
        "{\"benchmark\": \"a.B.c\", \"mode\": \"thrpt\", \"forks\": 1, \"measurementIterations\":"
            + " 3, \"primaryMetric\": {\"score\": %s, \"scoreError\": 2.0, \"scoreUnit\":"
            + " \"ops/s\"}}";
    Path good = folder.resolve("good.json");
    Path bad = folder.resolve("bad.json");
    Files.writeString(good, "[" + String.format(Locale.ROOT, benchmark, "71.5") + "]");
    Files.writeString(bad, "[" + String.format(Locale.ROOT, benchmark, "\"fast\"") + "]");
    Cli refused = report(output, good, bad);
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err()).contains("--jmh " + bad + ": benchmark 1, primaryMetric: score is");
    assertThat(report(output, folder.resolve("none.json")).err()).contains("does not exist");
    assertThat(output).doesNotExist();
    Cli report = report(output, good, good);
    assertThat(report.status()).as(report.err()).isZero();
    assertThat(output.resolve("tables/benchmarks.csv")).content().hasLineCount(3);
  }

  private Cli report(Path output, Path... jmhFiles) {
    List<String> arguments =
        new ArrayList<>(
            List.of("report", runs().resolve("small").toString(), "--output", output.toString()));
    for (Path file : jmhFiles) {
      arguments.addAll(List.of("--jmh", file.toString()));
    }
    return Cli.run(arguments.toArray(String[]::new));
  }

  @Test
  void aRunThatDivergesIsAResultAndIsInNoMean() throws IOException {
    String diverging =
        STUDY
            .replace("sharing: [none, all]", "learning_rate: [1.0e-3, 10.0]")
            .replace("{sharing: none}", "{learning_rate: 1.0e-3}")
            .replace("  learning_rate: 1.0e-3\n", "")
            .replace("max_steps: 30", "max_steps: 400")
            .replace(
                "threads: 1",
                "initializer_range: 1.0\n  warmup_proportion: 0.0\n  weight_decay: 1.0\n"
                    + "  max_grad_norm: 0.0\n  threads: 1")
            .replace("seeds: [1, 2]", "seeds: [1]");
    Cli cli = run(Files.writeString(folder.resolve("small.yaml"), diverging));
    assertThat(cli.status()).as(cli.err()).isZero();
    assertThat(cli.err()).contains("diverged");
    List<RunRecord> failed =
        records().stream().filter(r -> r.status() == RunStatus.FAILED).toList();
    assertThat(failed).hasSize(1);
    assertThat(failed.get(0).failureReason()).startsWith("diverged");
    assertThat(failed.get(0).scores()).allMatch(score -> score.value() == null);
    Path output = folder.resolve("report");
    assertThat(
            Cli.run("report", runs().resolve("small").toString(), "--output", output + "").status())
        .isZero();
    assertThat(Files.readString(output.resolve("report.md"))).contains("0 (1 failed)");
    assertThat(Files.readString(output.resolve("report.html"))).contains("diverged: the ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max_steps: | max_stps: | did you mean 'max_steps'?",
        "question: | questoin: | questoin",
        "seeds: [1, 2] | seeds: [] | seeds is an empty list",
        "seeds: [1, 2] | seeds: [one] | seeds",
        "hidden_size: 16 | hidden_size: 17 | hidden_size 17 is not a multiple",
        "hidden_size: 16 | hidden_size: sixteen | hidden_size is",
        "embedding_size: 8 | embedding_size: 0 | embedding_size is 0",
        "hidden_size: 16 | hidden_size: 1000000000 | hidden_size is 1000000000",
        "sharing: [none, all] | groups: [3] | num_hidden_layers 2 is not a multiple of groups 3",
        "sharing: [none, all] | sharing: [none, som] | sharing is 'som'",
        "max_seq_length: 16 | max_seq_length: 600 | max_seq_length is 600",
        "vocab_size: 30522 | vocab_size: 30000 | vocab_size is 30000",
        "task: wordnet | task: wordnot | task is 'wordnot' (did you mean 'wordnet'?)",
        "baseline: {sharing: none} | baseline: {sharing: ffn} | baseline",
        "study: small | study: ../small | study",
        "study: small | study: a\\nstudy: b | repeated"
      })
  void badInputIsRefusedBeforeAnythingIsTrained(String from, String to, String words)
      throws IOException {
    String text = STUDY.replace(from, to.replace("\\n", "\n"));
    if (!text.contains("  sharing: [")) {
      text = text.replace("baseline: {sharing: none}\n", "");
    }
    assertThat(text).isNotEqualTo(STUDY);
    Cli cli = run(Files.writeString(folder.resolve("small.yaml"), text));
    assertThat(cli.status()).as(cli.err()).isEqualTo(2);
    assertThat(cli.err().lines()).hasSize(1);
    assertThat(cli.err()).contains(words, "small.yaml");
    assertThat(records()).isEmpty();
  }

  @Test
  void anUnwritableFolderIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("small.yaml"), STUDY);
    Path occupied = Files.writeString(folder.resolve("occupied"), "a file");
    Cli cli = Cli.run("run", file.toString(), "--runs", occupied.toString());
    assertThat(cli.status()).isEqualTo(2);
    assertThat(cli.err().lines()).hasSize(1);
    assertThat(cli.err()).contains("occupied", "--runs");
  }

  /**
   * Killed at moments drawn by chance, as often as the system property {@code albert.kills} says,
   * the study ends with the unbroken one's scores.
   */
  @Test
  void aKilledStudyGoesOn() throws IOException, InterruptedException {
    int kills = Integer.getInteger("albert.kills", 3);
    String longer = STUDY.replace("steps: 30", "steps: " + 20 * kills);
    Path file =
        Files.writeString(
            folder.resolve("small.yaml"),
            longer.replace("  threads: 1", "  checkpoint_steps: 20\n  threads: 1"));
    Random random = new Random(7);
    for (int kill = 0; kill < kills; kill++) {
      FileTime before = lastWrite();
      Process process = start(file);
      await(process, () -> lastWrite().compareTo(before) > 0);
      TimeUnit.MILLISECONDS.sleep(random.nextInt(2500));
      process.destroyForcibly().waitFor();
      records(); // whatever was left can be read
    }
    Process last = start(file);
    assertThat(last.waitFor()).isZero();
    Map<String, List<Score>> broken = scores();
    assertThat(broken).hasSize(4);

    deleteRuns();
    assertThat(run(file).status()).isZero();
    assertThat(scores()).isEqualTo(broken);
  }

  private Cli run(Path file) {
    return Cli.run("run", file.toString(), "--runs", runs().toString());
  }

  private Process start(Path file) throws IOException {
    return Cli.start(
        folder.resolve("child.log"), "run", file.toString(), "--runs", runs().toString());
  }

  private static void await(Process process, BooleanSupplier condition)
      throws InterruptedException {
    while (!condition.getAsBoolean() && process.isAlive()) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** When a file of the runs was last written; too early where one went while it was looked at. */
  private FileTime lastWrite() {
    FileTime last = FileTime.fromMillis(0);
    try (var paths = Files.walk(runs())) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        FileTime time = Files.getLastModifiedTime(path);
        last = time.compareTo(last) > 0 ? time : last;
      }
    } catch (IOException | UncheckedIOException e) {
      return last; // also before there are any runs
    }
    return last;
  }

  private Path runs() {
    return folder.resolve("runs");
  }

  private List<RunRecord> records() throws IOException {
    if (!Files.isDirectory(runs().resolve("small"))) {
      return List.of();
    }
    RunStore.Listing listing = new RunStore(runs()).list("small");
    assertThat(listing.unreadable()).isEmpty();
    return listing.records();
  }

  private Map<String, List<Score>> scores() throws IOException {
    Map<String, List<Score>> scores = new TreeMap<>();
    for (RunRecord run : records()) {
      assertThat(run.status()).isEqualTo(RunStatus.FINISHED);
      scores.put(run.runId(), run.scores());
    }
    return scores;
  }

  private void deleteRuns() throws IOException {
    List<Path> all = new ArrayList<>();
    try (var paths = Files.walk(runs())) {
      paths.forEach(all::add);
    }
    for (int i = all.size() - 1; i >= 0; i--) {
      Files.delete(all.get(i));
    }
  }
}
