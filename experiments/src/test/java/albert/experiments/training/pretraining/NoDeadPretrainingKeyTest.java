package albert.experiments.training.pretraining;

import albert.datasets.tokenizer.Tokenizer;
import albert.datasets.tokenizer.Tokenizers;
import albert.evaluation.record.RunDirectory;
import albert.evaluation.record.Sha256;
import albert.experiments.config.ConfigKey;
import albert.experiments.config.KeyFlips;
import albert.experiments.config.PretrainingKeys;
import albert.experiments.stage.StopSignal;
import albert.experiments.training.TrainingListener;
import albert.model.runtime.StepResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every key of a pretraining changes what a pretraining leaves. */
final class NoDeadPretrainingKeyTest {
  @TempDir private Path folder;
  private int trainings;

  /**
   * What a training left.
   *
   * @param metrics the lines of the figures
   * @param weights hash of the model's file
   * @param underWay files that were there at the beginning of a step
   * @param result scores and what it ran with
   */
  private record Trace(
      String metrics, String weights, SortedSet<String> underWay, List<Object> result) {}

  @TestFactory
  Stream<DynamicTest> keysOfAPretraining() throws IOException {
    Path corpus = corpus();
    return new KeyFlips(settings -> trace(corpus, settings))
        .flip("objective", "none")
        .flip("max_steps", "3")
        .flip("batch_size", "3")
        .flip("gradient_accumulation_steps", "2")
        .flip("learning_rate", "1e-2")
        .flip("optimizer", "adamw")
        .flip("weight_decay", "0.5")
        .flip("warmup_steps", "3")
        .flip("decay_power", "2")
        .flip("max_grad_norm", "0.01", "optimizer", "adamw")
        .flip("dropout_steps", "2")
        .flip("max_seq_length", "24")
        .flip("max_predictions_per_seq", "2")
        .flip("masked_lm_prob", "0.5")
        .flip("max_ngram", "1")
        .flip("whole_word_masking", "false")
        .flip("short_seq_prob", "1")
        .flip("dynamic_masking", "false", "max_steps", "16")
        .flip("corpus_format", "sentences", "corpus_format", "prose")
        .flip("shuffle_buffer", "1")
        .flip("held_out_proportion", "0.6")
        .flip("eval_examples", "2")
        .flip("eval_steps", "1")
        .flip("checkpoint_steps", "1")
        .flip("keep_checkpoints", "1", "checkpoint_steps", "1")
        .flip("logging_steps", "2")
        .flip("threads", "2")
        .flip("device", "gpu")
        .flip("devices", "2")
        .flip("precision", "bfloat16")
        .tests(
            PretrainingKeys.all().stream()
                .filter(key -> key.section() == ConfigKey.Section.TRAINING)
                .toList());
  }

  private Trace trace(Path corpus, String... settings) throws IOException {
    List<String> all = new ArrayList<>(List.of("max_steps", "4"));
    all.addAll(List.of(settings));
    Path to = Files.createDirectories(folder.resolve("out" + trainings++));
    SortedSet<String> underWay = new TreeSet<>();
    try (Tokenizer tokenizer = Tokenizers.bundledBertUncased()) {
      PretrainingJob job = SmallCorpus.job(corpus, tokenizer, all.toArray(String[]::new));
      Pretraining.Result result =
          new Pretraining(job, to, new Looking(to, underWay), new StopSignal()).run();
      return new Trace(
          Files.readString(new RunDirectory(to).metrics()),
          Sha256.of(to.resolve("model.safetensors")),
          underWay,
          List.of(
              result.steps(),
              result.precision(),
              result.threads(),
              result.devices(),
              result.intrinsic()));
    } catch (IllegalArgumentException e) {
      return new Trace("refused: " + e.getMessage(), "", underWay, List.of());
    }
  }

  /** Looks which checkpoints there are after each step. */
  private record Looking(Path folder, SortedSet<String> seen) implements TrainingListener {
    @Override
    public void stepped(long steps, StepResult result, double learningRate) {
      try (Stream<Path> files = Files.walk(folder)) {
        seen.add(
            steps
                + ": "
                + files
                    .map(file -> folder.relativize(file).toString())
                    .filter(file -> file.matches("state/step-\\d+"))
                    .sorted()
                    .toList());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Few documents, a file each, so that epochs are short; in words of several pieces. */
  private Path corpus() throws IOException {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    for (int d = 0; d < 6; d++) {
      StringBuilder text = new StringBuilder();
      for (int s = 0; s < 10; s++) {
        text.append("Chapter ").append(d).append(" has an unaffable sentence number ").append(s);
        text.append(". Electroencephalograms follow it.\n");
      }
      Files.writeString(corpus.resolve(d + ".txt"), text);
    }
    return corpus;
  }
}
