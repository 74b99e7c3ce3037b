package albert.experiments.training.finetuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import albert.datasets.batch.EncodedBatch;
import albert.datasets.choice.ChoiceTask;
import albert.datasets.tokenizer.Tokenizer;
import albert.datasets.tokenizer.Tokenizers;
import albert.evaluation.record.MetricsLog;
import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.Score;
import albert.experiments.config.RunConfig;
import albert.experiments.config.RunSeeds;
import albert.experiments.evaluation.EncodedTask;
import albert.experiments.evaluation.TaskSource;
import albert.experiments.stage.StopSignal;
import albert.experiments.stage.StoppedException;
import albert.experiments.task.choice.ChoiceKind;
import albert.experiments.training.Batches;
import albert.experiments.training.CountedCosts;
import albert.experiments.training.TrainingListener;
import albert.experiments.training.TrainingState;
import albert.model.head.MultipleChoiceHead;
import albert.model.io.HeadKind;
import albert.model.io.ModelDirectory;
import albert.model.tensor.IntTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings of tiny models that choose. */
final class ChoiceFineTuningTest {
  private static final int QUESTIONS = 20;
  private static final int CHOICES = 3;
  private static final int STEPS = 6;

  @TempDir private Path folder;

  private static RunConfig config(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "task", "dream",
                "vocab_size", "30522",
                "max_seq_length", "16",
                "hidden_dropout_prob", "0"));
    all.addAll(List.of(more));
    return SmallTask.config(all.toArray(String[]::new));
  }

  private static EncodedTask task(RunConfig config) {
    Path file = Tokenizers.bundledBertUncasedFile();
    try (Tokenizer tokenizer = Tokenizers.open(file)) {
      return new TaskSource.OfKind<>(
              new ChoiceKind(), SmallChoices.of(ChoiceTask.DREAM, QUESTIONS, CHOICES))
          .encode(config, tokenizer, file);
    }
  }

  private FineTuning.Result train(RunConfig config, String name) throws IOException {
    return train(config, name, new StopSignal(), TrainingListener.NOBODY);
  }

  private FineTuning.Result train(
      RunConfig config, String name, StopSignal stop, TrainingListener listener)
      throws IOException {
    return new FineTuning(config, new RunSeeds(3, 4), task(config), null, stop)
        .run(directory(name), listener, FineTuning.Afterwards.NOTHING);
  }

  private RunDirectory directory(String name) {
    return new RunDirectory(folder.resolve(name));
  }

  /** Chance is one in three. */
  @Test
  void learnsARuleThatHoldsForOtherQuestions() throws IOException {
    FineTuning.Result result = train(config("max_steps", "60"), "run");
    assertThat(result.scores().get(0))
        .isEqualTo(Score.of("dream", "accuracy", "dev", 1, QUESTIONS, "last"));
    assertThat(ModelDirectory.read(directory("run").checkpoint()).head().kind())
        .isEqualTo(HeadKind.MULTIPLE_CHOICE);
    assertThat(Files.readAllLines(directory("run").predictions().resolve("dev.jsonl")).get(0))
        .contains("\"id\":\"q0\"", "\"label\":", "\"prediction\":", "\"probabilities\":[");
  }

  /** Batches, steps, epochs and costs count questions; the sequences of one are in one batch. */
  @Test
  void aBatchSizeCountsQuestions() {
    RunConfig config = config("epochs", "2", "batch_size", "3", "gradient_accumulation_steps", "2");
    EncodedTask task = task(config);
    assertThat(task.train()).hasSize(QUESTIONS * CHOICES);
    assertThat(task.trainSize()).isEqualTo(QUESTIONS);
    assertThat(config.training().steps(task.trainSize())).isEqualTo(8);
    for (EncodedBatch batch : task.trainBatches(config).epoch(1, 0)) {
      IntTensor labels =
          (IntTensor)
              Objects.requireNonNull(task.labelled(batch, config).get(MultipleChoiceHead.LABELS));
      assertThat(batch.size()).isEqualTo(labels.values().length * CHOICES);
      for (int i = 0; i < batch.size(); i++) {
        assertThat(batch.rows()[i] % CHOICES).isEqualTo(i % CHOICES);
        assertThat(batch.labels()[i]).containsExactly(labels.values()[i / CHOICES]);
      }
    }
    Batches batches = new TrainBatches(task, config, 1, TrainingState.START);
    Batches.Step step = batches.next();
    assertThat(step.batches()).extracting(Batches.Batch::examples).containsExactly(3, 3);
    assertThat(step.example()).isEqualTo(6);
    assertThat(CountedCosts.of(config, task.together()).batchSize()).isEqualTo(9);
  }

  /**
   * Twenty questions at once, or as batches of 8, 8 and 4. Rounding grows from step to step, so
   * there are few.
   */
  @Test
  void batchesOfAStepTrainAsOne() throws IOException {
    List<Float> once = losses("once", "batch_size", "20");
    List<Float> parts = losses("parts", "batch_size", "8", "gradient_accumulation_steps", "3");
    for (int step = 0; step < STEPS; step++) {
      assertThat(parts.get(step)).isCloseTo(once.get(step), within(1e-5f));
    }
    assertThat(once.get(STEPS - 1))
        .as("the updates matter more than the rounding that is allowed")
        .isLessThan(once.get(0) - 1e-3f);
  }

  private List<Float> losses(String name, String... settings) throws IOException {
    List<String> all =
        new ArrayList<>(List.of("max_steps", Integer.toString(STEPS), "warmup_proportion", "0"));
    all.addAll(List.of(settings));
    List<Float> losses = new ArrayList<>();
    train(
        config(all.toArray(String[]::new)),
        name,
        new StopSignal(),
        (steps, step, rate) -> losses.add(step.loss()));
    return losses;
  }

  @Test
  void goesOnBitForBit() throws IOException {
    RunConfig config =
        config(
            "max_steps", "10",
            "hidden_dropout_prob", "0.1",
            "batch_size", "3",
            "gradient_accumulation_steps", "2",
            "eval_steps", "4",
            "checkpoint_steps", "2",
            "logging_steps", "3");
    FineTuning.Result unbroken = train(config, "unbroken");
    StopSignal stop = new StopSignal();
    assertThatThrownBy(
            () ->
                train(
                    config,
                    "broken",
                    stop,
                    (steps, step, rate) -> {
                      if (steps == 5) {
                        stop.raise();
                      }
                    }))
        .isInstanceOf(StoppedException.class);
    FineTuning.Result resumed = train(config, "broken");
    assertThat(resumed.scores()).isEqualTo(unbroken.scores());
    assertThat(MetricsLog.read(directory("broken").metrics()))
        .isEqualTo(MetricsLog.read(directory("unbroken").metrics()));
    assertThat(directory("broken").checkpoint().resolve("model.safetensors"))
        .hasSameBinaryContentAs(directory("unbroken").checkpoint().resolve("model.safetensors"));
  }
}
