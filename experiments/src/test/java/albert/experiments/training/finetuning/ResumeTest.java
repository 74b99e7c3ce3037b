package albert.experiments.training.finetuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.datasets.text.LabelKind;
import albert.evaluation.record.MetricsLine;
import albert.evaluation.record.MetricsLog;
import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.Score;
import albert.experiments.config.RunConfig;
import albert.experiments.config.RunSeeds;
import albert.experiments.evaluation.EncodedTask;
import albert.experiments.stage.StopSignal;
import albert.experiments.stage.StoppedException;
import albert.model.io.LoadedModel;
import albert.model.io.ModelDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A training that was broken off, wherever that was, ends as one that was not. */
final class ResumeTest {

  private static final RunSeeds SEEDS = new RunSeeds(3, 4);

  private EncodedTask task = SmallTask.of(LabelKind.CLASSIFICATION, 20, 3);
  private @Nullable LoadedModel start;
  private String precision = "float32";

  @TempDir private Path folder;

  /** What a training leaves. */
  @SuppressWarnings("ArrayRecordComponent") // compared by content
  private record Left(
      List<String> losses,
      List<MetricsLine> metrics,
      List<Score> scores,
      byte[] last,
      byte[] best) {
    static Left of(RunDirectory directory, List<String> losses, List<Score> scores)
        throws IOException {
      return new Left(
          losses,
          MetricsLog.read(directory.metrics()),
          scores,
          Files.readAllBytes(directory.checkpoint().resolve("model.safetensors")),
          Files.readAllBytes(directory.path().resolve("checkpoint-best/model.safetensors")));
    }

    void assertEquals(Left other) {
      assertThat(other.losses).isEqualTo(losses);
      assertThat(other.metrics).isEqualTo(metrics);
      assertThat(other.scores).isEqualTo(scores);
      assertThat(other.last).isEqualTo(last);
      assertThat(other.best).isEqualTo(best);
    }
  }

  /** A process that dies: nothing is tidied up. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 9, 13})
  void goesOnBitForBitAfterAKill(int dies) throws IOException {
    Left unbroken = train("unbroken", new ArrayList<>());
    List<String> losses = new ArrayList<>();
    assertThatThrownBy(
            () ->
                job(new StopSignal())
                    .run(
                        directory("broken"),
                        (steps, result, rate) -> {
                          losses.add(steps + " " + result);
                          if (steps == dies) {
                            throw new Killed();
                          }
                        },
                        FineTuning.Afterwards.NOTHING))
        .isInstanceOf(Killed.class);
    int kept = (dies - 1) / 4 * 4; // the step that dies never gets to its checkpoint
    losses.subList(kept, losses.size()).clear();
    unbroken.assertEquals(train("broken", losses));
    assertThat(directory("broken").path().resolve("state/step-12/state.json"))
        .as("kept until the record says that the run is over")
        .exists();
  }

  @Test
  void goesOnBitForBitFromACheckpoint() throws IOException {
    train("start", new ArrayList<>());
    start = ModelDirectory.read(directory("start").checkpoint());
    goesOnBitForBitAfterAKill(9);
  }

  @Test
  void severalLabelsGoOnBitForBitToo() throws IOException {
    task = SmallTask.of(LabelKind.MULTI_LABEL, 20, 3);
    goesOnBitForBitAfterAKill(9);
  }

  @Test
  void float16GoesOnBitForBitToo() throws IOException {
    precision = "float16";
    goesOnBitForBitAfterAKill(9);
    assertThat(MetricsLog.read(directory("broken").metrics()))
        .filteredOn(line -> line.values().containsKey("train_loss"))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line.values()).containsKeys("loss_scale", "skipped_steps"));
  }

  @Test
  void aStopIsACheckpoint() throws IOException {
    Left unbroken = train("unbroken", new ArrayList<>());
    StopSignal stop = new StopSignal();
    List<String> losses = new ArrayList<>();
    assertThatThrownBy(
            () ->
                job(stop)
                    .run(
                        directory("broken"),
                        (steps, result, rate) -> {
                          losses.add(steps + " " + result);
                          if (steps == 7) {
                            stop.raise();
                          }
                        },
                        FineTuning.Afterwards.NOTHING))
        .isInstanceOf(StoppedException.class);
    assertThat(losses).hasSize(7);
    unbroken.assertEquals(train("broken", losses));
  }

  @Test
  void aTornCheckpointIsNotLookedAt() throws IOException {
    Left unbroken = train("unbroken", new ArrayList<>());
    Path state = directory("broken").path().resolve("state");
    Files.createDirectories(state.resolve("step-8"));
    Files.writeString(state.resolve("step-8").resolve("model.ckpt.index"), "torn");
    unbroken.assertEquals(train("broken", new ArrayList<>()));
  }

  private Left train(String name, List<String> losses) throws IOException {
    FineTuning.Result result =
        job(new StopSignal())
            .run(
                directory(name),
                (steps, step, rate) -> losses.add(steps + " " + step),
                FineTuning.Afterwards.NOTHING);
    return Left.of(directory(name), losses, result.scores());
  }

  private FineTuning job(StopSignal stop) {
    RunConfig config =
        SmallTask.config(
            "max_steps",
            "14",
            "hidden_dropout_prob",
            "0.1",
            "gradient_accumulation_steps",
            "2",
            "batch_size",
            "3",
            "eval_steps",
            "3",
            "checkpoint_steps",
            "4",
            "logging_steps",
            "5",
            "precision",
            precision);
    return new FineTuning(config, SEEDS, task, start, stop);
  }

  private RunDirectory directory(String name) {
    return new RunDirectory(folder.resolve(name));
  }
}
