package albert.experiments.study;

import albert.datasets.tokenizer.Tokenizer;
import albert.experiments.checkpoint.PretrainedModels;
import albert.experiments.config.PlannedRun;
import albert.experiments.config.RunConfig;
import albert.experiments.evaluation.EncodedTask;
import albert.experiments.evaluation.RunTokenizer;
import albert.experiments.evaluation.TaskSource;
import albert.reports.summary.StudyDescription;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The data of a plan's runs, read and encoded before the first of them starts, each task, length
 * and tokenizer once.
 */
final class StudyTasks {

  private final Map<Map<String, Object>, EncodedTask> encoded = new HashMap<>();
  private final Map<Map<String, Object>, TaskSource> data = new LinkedHashMap<>();

  /** By the same keys, how many training examples runs use; 0 for all. */
  private final Map<Map<String, Object>, Set<Integer>> trainSizes = new HashMap<>();

  /**
   * Reads everything and checks that every model fits its data.
   *
   * @throws albert.model.config.ConfigException if a vocabulary is too small, with file and line
   * @throws albert.datasets.DataFormatException if a data file is malformed
   */
  static StudyTasks read(RunPlan plan, Path folder, PretrainedModels models) {
    StudyTasks tasks = new StudyTasks();
    Map<String, List<PlannedRun>> byTokenizer =
        plan.runs().stream()
            .collect(
                Collectors.groupingBy(
                    run -> RunTokenizer.name(run.config()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    for (Map.Entry<String, List<PlannedRun>> entry : byTokenizer.entrySet()) {
      RunConfig first = entry.getValue().get(0).config();
      Path file = RunTokenizer.file(first, models);
      try (Tokenizer tokenizer = RunTokenizer.open(file, first)) {
        for (PlannedRun run : entry.getValue()) {
          plan.settings(run)
              .locating(
                  () -> {
                    EncodedTask.checkVocabulary(run.config(), tokenizer.vocabSize());
                    return run;
                  });
        }
        for (PlannedRun run : entry.getValue()) {
          tasks.add(run.config(), folder, tokenizer, file);
        }
      }
    }
    return tasks;
  }

  /** The data of a run. */
  EncodedTask of(RunConfig config) {
    return Objects.requireNonNull(encoded.get(TaskSource.sequencesOf(config)));
  }

  /** What the scores have to beat, without any training. */
  List<StudyDescription.Reference> references() {
    return StudyReferences.of(data, trainSizes).all();
  }

  private void add(RunConfig config, Path folder, Tokenizer tokenizer, Path tokenizerFile) {
    TaskSource read =
        data.computeIfAbsent(TaskSource.dataOf(config), key -> TaskSource.read(config, folder));
    trainSizes
        .computeIfAbsent(TaskSource.dataOf(config), key -> new TreeSet<>())
        .add(config.training().maxTrainExamples());
    encoded.computeIfAbsent(
        TaskSource.sequencesOf(config), key -> read.encode(config, tokenizer, tokenizerFile));
  }
}
