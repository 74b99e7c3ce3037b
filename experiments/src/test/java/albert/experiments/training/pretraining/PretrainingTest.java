package albert.experiments.training.pretraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import albert.datasets.pretraining.PairObjective;
import albert.datasets.tokenizer.Tokenizer;
import albert.datasets.tokenizer.Tokenizers;
import albert.evaluation.record.MetricsLine;
import albert.evaluation.record.MetricsLog;
import albert.experiments.stage.StopSignal;
import albert.experiments.stage.StoppedException;
import albert.experiments.training.DivergedException;
import albert.experiments.training.TrainingListener;
import albert.model.config.ConfigException;
import albert.model.io.HeadKind;
import albert.model.io.LoadedModel;
import albert.model.io.ModelDirectory;
import albert.model.runtime.StepResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real trainings of tiny models on a tiny corpus, one thread each. */
final class PretrainingTest {
  private static final String[] INTERRUPTED = {
    "max_steps", "9",
    "checkpoint_steps", "2",
    "eval_steps", "3",
    "dropout_steps", "5",
    "gradient_accumulation_steps", "2"
  };

  @TempDir private static Path corpus;
  @TempDir private static Path unbroken;
  private static Tokenizer tokenizer;
  @TempDir private Path folder;

  @BeforeAll
  static void open() throws IOException {
    tokenizer = Tokenizers.bundledBertUncased();
    SmallCorpus.write(corpus);
  }

  @AfterAll
  static void close() {
    tokenizer.close();
  }

  /** Breaks a training off after a step: as a kill would, or by asking it to stop. */
  private record Break(long step, boolean kills, StopSignal stop) implements TrainingListener {
    static final Break NEVER = new Break(-1, false, new StopSignal());

    @Override
    public void stepped(long steps, StepResult result, double learningRate) {
      if (steps == step) {
        if (kills) {
          throw new Killed();
        }
        stop.raise();
      }
    }
  }

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private Pretraining.Result train(String output, Break end, String... settings)
      throws IOException {
    Path to = Files.createDirectories(folder.resolve(output));
    return new Pretraining(SmallCorpus.job(corpus, tokenizer, settings), to, end, end.stop()).run();
  }

  @ParameterizedTest
  @CsvSource({"SENTENCE_ORDER, lamb", "NEXT_SENTENCE, adamw", "NONE, lamb"})
  void leavesAModelDirectoryAndTheScoresOfEveryObjective(PairObjective objective, String optimizer)
      throws IOException {
    Pretraining.Result result =
        train(
            "out",
            Break.NEVER,
            "objective",
            objective.name().toLowerCase(java.util.Locale.ROOT),
            "optimizer",
            optimizer,
            "max_steps",
            "4");
    LoadedModel model = ModelDirectory.read(folder.resolve("out"));
    assertThat(model.head().kind())
        .isEqualTo(objective.hasPairs() ? HeadKind.PRETRAINING : HeadKind.MASKED_LM);
    assertThat(model.config().hiddenSize()).isEqualTo(16);
    try (Tokenizer copied = Tokenizers.open(Objects.requireNonNull(model.tokenizerFile()))) {
      assertThat(copied.encode("a word")).isEqualTo(tokenizer.encode("a word"));
    }
    assertThat(result.steps()).isEqualTo(4);
    assertThat(result.intrinsic()).containsOnlyKeys(PairObjective.values());
    HeldOutScores own = Objects.requireNonNull(result.intrinsic().get(objective));
    assertThat(own.examples()).isEqualTo(16);
    assertThat(own.maskedLmLoss()).isCloseTo(Math.log(30_522), within(0.5));
    assertThat(own.pairs() != null).isEqualTo(objective.hasPairs());
    assertThat(result.unigramLoss()).isBetween(1.0, 7.0);
    assertThat(folder.resolve("out/tensorboard")).isDirectoryContaining("glob:**tfevents*");
  }

  @Test
  void aSmallModelLearnsTheCorpus() throws IOException {
    Pretraining.Result result =
        train(
            "out",
            Break.NEVER,
            "max_steps",
            "150",
            "learning_rate",
            "0.02",
            "optimizer",
            "adamw",
            "hidden_dropout_prob",
            "0",
            "attention_probs_dropout_prob",
            "0");
    HeldOutScores scores =
        Objects.requireNonNull(result.intrinsic().get(PairObjective.SENTENCE_ORDER));
    assertThat(scores.maskedLmLoss()).isLessThan(result.unigramLoss());
    List<MetricsLine> lines = MetricsLog.read(folder.resolve("out/metrics.jsonl"));
    assertThat(lines.get(lines.size() - 1).step()).isEqualTo(150);
  }

  @ParameterizedTest
  @CsvSource({"1, true", "7, true", "3, false", "5, false"})
  void goesOnBitForBitWhereverItWasBrokenOff(long step, boolean kills) throws IOException {
    Path whole = whole();
    assertThatThrownBy(() -> train("broken", new Break(step, kills, new StopSignal()), INTERRUPTED))
        .isInstanceOf(kills ? Killed.class : StoppedException.class);
    train("broken", Break.NEVER, INTERRUPTED);
    assertThat(folder.resolve("broken/metrics.jsonl"))
        .hasSameBinaryContentAs(whole.resolve("metrics.jsonl"));
    assertThat(folder.resolve("broken/model.safetensors"))
        .hasSameBinaryContentAs(whole.resolve("model.safetensors"));
    assertThat(MetricsLog.read(whole.resolve("metrics.jsonl"))).hasSize(9 + 3);
  }

  /** The training that was never broken off, done once. */
  private static Path whole() throws IOException {
    if (!Files.exists(unbroken.resolve("model.safetensors"))) {
      new Pretraining(
              SmallCorpus.job(corpus, tokenizer, INTERRUPTED),
              unbroken,
              Break.NEVER,
              new StopSignal())
          .run();
    }
    return unbroken;
  }

  @Test
  void keepsTheNewestCheckpointsAndDropsDropout() throws IOException {
    try (Stream<Path> kept = Files.list(whole().resolve("state"))) {
      assertThat(kept.map(path -> String.valueOf(path.getFileName())))
          .containsExactlyInAnyOrder("step-8", "step-9");
    }
    assertThat(ModelDirectory.read(whole()).config().hiddenDropoutProb()).isZero();
  }

  @Test
  void aDivergingTrainingLeavesItsLastGoodCheckpoint() {
    assertThatThrownBy(
            () ->
                train(
                    "out",
                    Break.NEVER,
                    "max_steps",
                    "400",
                    "warmup_steps",
                    "0",
                    "checkpoint_steps",
                    "5",
                    "optimizer",
                    "adamw",
                    "learning_rate",
                    "10",
                    "weight_decay",
                    "1",
                    "max_grad_norm",
                    "0"))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("diverged: the ")
        .hasMessageContaining("the last checkpoint, is in ");
    assertThat(ModelDirectory.read(folder.resolve("out")).weights().values())
        .allSatisfy(
            weights -> {
              for (float value : weights.values()) {
                assertThat(Float.isNaN(value)).isFalse();
              }
            });
  }

  @Test
  void anotherCorpusOrKeyIsRefusedWhenATrainingGoesOn() throws IOException {
    train("out", Break.NEVER, "max_steps", "2");
    assertThatThrownBy(() -> train("out", Break.NEVER, "max_steps", "3"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("max_steps is 3, but the training in ")
        .hasMessageContaining(" began with 2");
    Path other = SmallCorpus.write(folder.resolve("other"));
    Files.writeString(other.resolve("more.txt"), "one more\nand another\n");
    assertThatThrownBy(
            () ->
                new Pretraining(
                        SmallCorpus.job(other, tokenizer, "max_steps", "2"),
                        folder.resolve("out"),
                        Break.NEVER,
                        new StopSignal())
                    .run())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("corpus has the SHA-256 ");
  }
}
