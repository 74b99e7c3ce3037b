package albert.experiments.task.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import albert.datasets.tokenizer.Tokenizer;
import albert.datasets.tokenizer.Tokenizers;
import albert.evaluation.record.MetricsLog;
import albert.evaluation.record.RunDirectory;
import albert.experiments.config.RunConfig;
import albert.experiments.config.RunSeeds;
import albert.experiments.evaluation.EncodedTask;
import albert.experiments.evaluation.TaskSource;
import albert.experiments.stage.StopSignal;
import albert.experiments.training.TrainingListener;
import albert.experiments.training.finetuning.FineTuning;
import albert.experiments.training.finetuning.SmallTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training of intents and slots that was killed ends as one that was not, bit for bit. */
final class JointResumeTest {

  @TempDir private Path folder;

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void goesOnBitForBit() throws IOException {
    SmallIntents.writeJoint(folder);
    RunConfig config =
        SmallTask.config(
            "task", "snips",
            "vocab_size", "30522",
            "max_seq_length", "12",
            "hidden_dropout_prob", "0.1",
            "max_steps", "8",
            "eval_steps", "4",
            "checkpoint_steps", "2",
            "slot_loss_weight", "0.5");
    Path file = Tokenizers.bundledBertUncasedFile();
    try (Tokenizer tokenizer = Tokenizers.open(file)) {
      EncodedTask task = TaskSource.read(config, folder).encode(config, tokenizer, file);
      assertThat(task.train()).as("windows of 24 sentences").hasSizeGreaterThan(24);
      List<Object> unbroken = train(config, task, "unbroken", TrainingListener.NOBODY);
      assertThatThrownBy(
              () ->
                  train(
                      config,
                      task,
                      "broken",
                      (steps, result, rate) -> {
                        if (steps == 5) {
                          throw new Killed();
                        }
                      }))
          .isInstanceOf(Killed.class);
      assertThat(train(config, task, "broken", TrainingListener.NOBODY)).isEqualTo(unbroken);
    }
  }

  private List<Object> train(
      RunConfig config, EncodedTask task, String name, TrainingListener listener)
      throws IOException {
    RunDirectory directory = new RunDirectory(folder.resolve(name));
    FineTuning.Result result =
        new FineTuning(config, new RunSeeds(3, 4), task, null, new StopSignal())
            .run(directory, listener, FineTuning.Afterwards.NOTHING);
    List<Object> left = new ArrayList<>(List.of(result.scores()));
    left.add(MetricsLog.read(directory.metrics()));
    for (String weights : List.of("checkpoint", "checkpoint-best")) {
      byte[] bytes =
          Files.readAllBytes(directory.path().resolve(weights).resolve("model.safetensors"));
      left.add(java.util.Arrays.hashCode(bytes));
    }
    return left;
  }
}
