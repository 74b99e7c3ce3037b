package albert.experiments.cli;

import static org.assertj.core.api.Assertions.assertThat;

import albert.evaluation.record.DataFingerprint;
import albert.evaluation.record.RunRecord;
import albert.evaluation.record.RunStatus;
import albert.evaluation.record.RunStore;
import albert.experiments.checkpoint.TinyCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Studies that start from a checkpoint. */
final class CheckpointStudyTest {

  private static final String STUDY =
      """
      study: from-checkpoint
      question: Does a study start from a checkpoint?
      base:
        model: "MODEL"
        task: wordnet
        max_seq_length: 16
        max_steps: 3
        batch_size: 64
        threads: 1
        precision: float32
      seeds: [7]
      """;

  @TempDir private Path folder;

  @Test
  void aRunTakesArchitectureWeightsAndTokenizerFromTheCheckpoint() throws IOException {
    Path model = TinyCheckpoint.write(folder.resolve("model"), 1);
    Cli cli = run(STUDY, model);
    assertThat(cli.status()).as(cli.err()).isZero();
    assertThat(cli.err()).contains("output_bias, output_weights are new: initialised with seed 7");
    List<RunRecord> records = records();
    assertThat(records).hasSize(1).allMatch(r -> r.status() == RunStatus.FINISHED);
    assertThat(records.get(0).config())
        .containsEntry("model", model.toString())
        .containsEntry("hidden_size", 16L)
        .containsEntry("hidden_act", "gelu")
        .doesNotContainKey("preset");
    assertThat(records.get(0).data())
        .extracting(DataFingerprint::name)
        .contains("weights", "tokenizer");
  }

  @Test
  void theSameWeightsElsewhereAreTheSameRunAndOtherWeightsAnother() throws IOException {
    run(STUDY, TinyCheckpoint.write(folder.resolve("one"), 1));
    Cli moved = run(STUDY, TinyCheckpoint.write(folder.resolve("moved"), 1));
    assertThat(moved.out()).contains("(1 done before)");
    Cli other = run(STUDY, TinyCheckpoint.write(folder.resolve("two"), 2));
    assertThat(other.out()).contains("(0 done before)");
    assertThat(records()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "task: wordnet | preset: mini-bert\\n  task: wordnet | preset and model are both given",
        "task: wordnet | hidden_size: 32\\n  task: wordnet | hidden_size is 32, but the checkpoint",
        "task: wordnet | vocab_size: 99\\n  task: wordnet | vocab_size is 99, but the checkpoint",
        "task: wordnet | num_attention_heads: 4\\n  task: wordnet | num_attention_heads is 4, but",
        "task: wordnet | embedding_size: 17\\n  task: wordnet | embedding_size is 17, allowed are",
        "task: wordnet | sharing: all\\n"
            + "  groups: 3\\n"
            + "  task: wordnet | is not a multiple of groups 3",
        "max_seq_length: 16 | max_seq_length: 33 | max_seq_length is 33",
        "MODEL | nowhere | there is no such directory",
        "MODEL | maven:nothing | model is maven:nothing"
      })
  void contradictionsAreRefusedByNameAndLine(String from, String to, String words)
      throws IOException {
    Path model = TinyCheckpoint.write(folder.resolve("model"), 1);
    Cli cli = run(STUDY.replace(from, to.replace("\\n", "\n")), model);
    assertThat(cli.status()).as(cli.err()).isEqualTo(2);
    assertThat(cli.err().lines()).hasSize(1);
    assertThat(cli.err()).contains(words, "study.yaml, line ");
    assertThat(records()).isEmpty();
  }

  private Cli run(String study, Path model, String... more) throws IOException {
    Path file =
        Files.writeString(folder.resolve("study.yaml"), study.replace("MODEL", model.toString()));
    return Cli.run(
        Stream.concat(
                Stream.of("run", file.toString(), "--runs", runs().toString()), Stream.of(more))
            .toArray(String[]::new));
  }

  private Path runs() {
    return folder.resolve("runs");
  }

  private List<RunRecord> records() throws IOException {
    return new RunStore(runs()).list("from-checkpoint").records();
  }
}
