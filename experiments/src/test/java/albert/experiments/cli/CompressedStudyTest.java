package albert.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import albert.evaluation.record.RunRecord;
import albert.evaluation.record.RunStatus;
import albert.evaluation.record.RunStore;
import albert.evaluation.record.Score;
import albert.evaluation.record.StrictJson;
import albert.experiments.checkpoint.TinyCheckpoint;
import albert.experiments.compress.CompressionReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Studies whose runs start from a checkpoint in another shape. */
final class CompressedStudyTest {

  private static final String STUDY =
      """
      study: compressed-start
      question: Which runs share a compression?
      base:
        model: "MODEL"
        sharing: ffn
        embedding_size: 8
        embedding_steps: 2
        distill_steps: 2
        task: wordnet
        max_seq_length: 16
        max_steps: 3
        predict_parts: dev
        batch_size: 64
        threads: 1
        precision: float32
      seeds: [7, 8]
      """;

  private static final String COMMON = STUDY.replace("  task:", "  compress_seed: 1\n  task:");

  private static final String TWO_SHAPES =
      STUDY
          .replace("  embedding_size: 8\n", "")
          .replace("seeds: [7, 8]", "vary:\n  embedding_size: [8, 4]\nseeds: [7]");

  @TempDir private Path folder;

  @BeforeEach
  void writeCheckpoint() throws IOException {
    TinyCheckpoint.write(folder.resolve("model"), 1);
  }

  @Test
  void everySeedHasACompressionOfItsOwn() throws IOException {
    assertThat(run(STUDY, "--dry-run").out())
        .containsPattern("compression +0 of 2 +4 steps")
        .containsPattern("distillation +0 of 2 +4 steps");
    Cli first = run(STUDY);
    assertThat(first.status()).as(first.err()).isZero();
    assertThat(first.err().lines().filter("distilling the layers (2 steps)"::equals)).hasSize(2);
    Map<Path, FileTime> made = compressions();
    assertThat(made).hasSize(2);
    assertThat(seeds(made)).containsExactlyInAnyOrder("7", "8");
    assertThat(run(STUDY, "--dry-run").out())
        .as("what is there is not left")
        .containsPattern("compression +2 of 2 +0 steps")
        .containsPattern("distillation +2 of 2 +0 steps");

    List<RunRecord> records = records();
    assertThat(records).hasSize(2).allMatch(r -> r.status() == RunStatus.FINISHED);
    assertThat(records).allMatch(run -> Objects.equals(run.config().get("compress_seed"), 0L));
    RunRecord second =
        records.stream().filter(run -> run.initSeed() == 8).findFirst().orElseThrow();
    Cli replay = Cli.run("replay", study().resolve(second.runId()).toString());
    assertThat(replay.out()).as(replay.err()).startsWith("equal bit for bit");
  }

  /** A run is named by what was asked for, a compression by the seed that comes of it. */
  @Test
  void theSeedInEffectNamesACompression() throws IOException {
    Cli own = run(STUDY, "--seed", "7");
    assertThat(own.status()).as(own.err()).isZero();
    Map<Path, FileTime> made = compressions();
    assertThat(made).hasSize(1);
    Cli given = run(STUDY, "--seed", "7", "--compress-seed", "7");
    assertThat(given.out()).as(given.err()).contains("1 runs", "(0 done before)");
    assertThat(compressions()).isEqualTo(made);
    assertThat(records()).hasSize(2);
    assertThat(records().get(0).scores()).isEqualTo(records().get(1).scores());
  }

  /** A run that was lost is done again, the compression is not. */
  @Test
  void oneSeedOfCompressionsIsOneForAllSeeds() throws IOException {
    assertThat(run(COMMON, "--dry-run").out())
        .as("the compression counts once")
        .containsPattern("compression +0 of 1 +2 steps")
        .containsPattern("distillation +0 of 1 +2 steps")
        .containsPattern("training +0 of 2 +6 steps");
    Cli first = run(COMMON);
    assertThat(first.status()).as(first.err()).isZero();
    assertThat(first.err().lines())
        .contains("factorising the embeddings (2 steps)", "distilling the layers (2 steps)");
    assertThat(records()).hasSize(2).allMatch(r -> r.status() == RunStatus.FINISHED);
    assertThat(records().get(0).config())
        .containsEntry("embedding_size", 8L)
        .containsEntry("model_type", "albert")
        .containsEntry("distill_steps", 2L);
    Map<Path, FileTime> made = compressions();
    assertThat(made).hasSize(1);
    assertThat(seeds(made)).containsExactly("1");
    whatIsThereIsNotLeft();

    RunRecord lost = records().get(0);
    Files.delete(new RunStore(runs()).directory(lost.study(), lost.runId()).record());
    assertThat(run(COMMON).status()).isZero();
    assertThat(records()).hasSize(2);
    assertThat(compressions()).isEqualTo(made);

    Path states = Files.createDirectory(study().resolve("teacher")).resolve("a.states");
    Files.writeString(states, "of a study that was broken off");
    Cli clean = Cli.run("clean", runs().toString(), "--keep", "none", "--yes");
    assertThat(clean.out()).contains("hidden states of checkpoints that are compressed");
    assertThat(states).doesNotExist();
    assertThat(clean.out()).contains("pretrained and compressed starts of finished studies");
    Cli more = run(COMMON.replace("seeds: [7, 8]", "seeds: [7, 8, 9]"));
    assertThat(more.out()).as(more.err()).contains("3 runs", "(2 done before)");
    assertThat(compressions().keySet()).isEqualTo(made.keySet());
    assertThat(compressions()).as("compressed anew").isNotEqualTo(made);
  }

  /** And its like takes as long. */
  private void whatIsThereIsNotLeft() throws IOException {
    assertThat(run(COMMON, "--dry-run").out())
        .containsPattern("distillation +1 of 1 +0 steps")
        .containsPattern("training +2 of 2 +0 steps");
    assertThat(run(COMMON, "--dry-run", "--distill-steps", "6").out())
        .contains("time from: 1 finished distillations, by their steps (distillation)")
        .contains("time from: 1 finished compressions to this width (compression)");
  }

  /** Killed after the first compression, which is not made again. */
  @Test
  void aKilledStudyGoesOnWithTheCompressionsThatAreThere() throws Exception {
    Process process =
        Cli.start(
            folder.resolve("child.log"),
            "run",
            write(TWO_SHAPES).toString(),
            "--runs",
            runs().toString());
    while (process.isAlive() && compressions().isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    process.destroyForcibly().waitFor();
    Map<Path, FileTime> before = compressions();
    assertThat(before).hasSize(1);
    assertThat(run(TWO_SHAPES, "--dry-run").out()).containsPattern("distillation +1 of 2 +2 steps");
    assertThat(study().resolve("teacher")).as("for the other shape").isNotEmptyDirectory();
    Cli rest = run(TWO_SHAPES);
    assertThat(rest.status()).as(rest.err()).isZero();
    assertThat(study().resolve("teacher")).as("no longer needed").doesNotExist();
    assertThat(compressions()).hasSize(2).containsAllEntriesOf(before);
    Map<String, List<Score>> broken = scores();
    assertThat(broken).hasSize(2);

    Files.move(runs(), folder.resolve("broken-runs"));
    assertThat(run(TWO_SHAPES).status()).isZero();
    assertThat(scores()).isEqualTo(broken);
  }

  private Map<Path, FileTime> compressions() throws IOException {
    Map<Path, FileTime> made = new TreeMap<>();
    if (!Files.isDirectory(study().resolve("compressed"))) {
      return made;
    }
    try (Stream<Path> files = Files.list(study().resolve("compressed"))) {
      for (Path directory : files.toList()) {
        Path report = directory.resolve("compression.json");
        if (Files.exists(report)) {
          made.put(directory, Files.getLastModifiedTime(report));
        }
      }
    }
    return made;
  }

  /** The seeds that compressions were made with. */
  private static List<String> seeds(Map<Path, FileTime> made) throws IOException {
    List<String> seeds = new ArrayList<>();
    for (Path directory : made.keySet()) {
      CompressionReport report =
          new StrictJson().read(directory.resolve("compression.json"), CompressionReport.class);
      seeds.add(String.valueOf(report.settings().get("compress_seed")));
    }
    return seeds;
  }

  private Path write(String study) throws IOException {
    return Files.writeString(
        folder.resolve("study.yaml"), study.replace("MODEL", folder.resolve("model").toString()));
  }

  private Cli run(String study, String... more) throws IOException {
    return Cli.run(
        Stream.concat(
                Stream.of("run", write(study).toString(), "--runs", runs().toString()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private Path runs() {
    return folder.resolve("runs");
  }

  private Path study() {
    return runs().resolve("compressed-start");
  }

  private List<RunRecord> records() throws IOException {
    return new RunStore(runs()).list("compressed-start").records();
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
