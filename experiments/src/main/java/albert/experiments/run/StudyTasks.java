package albert.experiments.run;

import albert.datasets.task.Task;
import albert.datasets.task.TaskData;
import albert.datasets.task.Tasks;
import albert.datasets.text.Tokenizer;
import albert.datasets.text.Tokenizers;
import albert.experiments.config.PlannedRun;
import albert.experiments.config.RunConfig;
import albert.experiments.config.RunPlan;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The data of a plan's runs, read and encoded before the first of them starts, each task and length
 * once.
 */
final class StudyTasks {

  private record Key(String task, int maxSeqLength) {
    static Key of(RunConfig config) {
      return new Key(config.task(), config.training().maxSeqLength());
    }
  }

  private final Map<Key, EncodedTask> encoded = new HashMap<>();
  private final Map<String, TaskData> data = new HashMap<>();

  /**
   * Reads everything and checks that every model fits its data.
   *
   * @throws albert.model.config.ConfigException if a vocabulary is too small, with file and line
   * @throws albert.datasets.DataFormatException if a data file is malformed
   */
  static StudyTasks read(RunPlan plan, Path folder) {
    StudyTasks tasks = new StudyTasks();
    Path tokenizerFile = Tokenizers.bundledBertUncasedFile();
    try (Tokenizer tokenizer = Tokenizers.open(tokenizerFile)) {
      for (PlannedRun run : plan.runs()) {
        plan.settings(run)
            .locating(
                () -> {
                  EncodedTask.checkVocabulary(run.config().encoder(), tokenizer.vocabSize());
                  return run;
                });
      }
      for (PlannedRun run : plan.runs()) {
        tasks.add(run.config(), folder, tokenizer, tokenizerFile);
      }
    }
    return tasks;
  }

  /** The data of a run. */
  EncodedTask of(RunConfig config) {
    return Objects.requireNonNull(encoded.get(Key.of(config)));
  }

  /** The data of all runs, each task once. */
  List<TaskData> all() {
    return List.copyOf(data.values());
  }

  private void add(RunConfig config, Path folder, Tokenizer tokenizer, Path tokenizerFile) {
    TaskData read =
        data.computeIfAbsent(
            config.task(),
            id -> {
              Task task = Tasks.byId(id).orElseThrow();
              return task.read(folder);
            });
    encoded.computeIfAbsent(
        Key.of(config), key -> EncodedTask.of(read, tokenizer, tokenizerFile, key.maxSeqLength()));
  }
}
