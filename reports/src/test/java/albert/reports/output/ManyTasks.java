package albert.reports.output;

import albert.evaluation.record.RunRecord;
import albert.evaluation.record.Score;
import albert.reports.summary.DeclaredAnalysis;
import albert.reports.summary.StudyDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Made-up runs of studies that vary the task. */
final class ManyTasks {
  private final List<RunRecord> runs = new ArrayList<>();
  private final Map<String, Object> besides = new TreeMap<>();

  /** What the runs that are added from now on have besides their task and sharing. */
  ManyTasks with(Map<String, Object> varied) {
    besides.clear();
    besides.putAll(varied);
    return this;
  }

  /** Accuracies of the seeds 1, 2, … of a model on a task. */
  ManyTasks add(String task, String sharing, double... scores) {
    return add(task, sharing, "accuracy", scores);
  }

  ManyTasks add(String task, String sharing, String metric, double... scores) {
    for (int i = 0; i < scores.length; i++) {
      run(
          task,
          sharing,
          i + 1,
          List.of(
              Score.of(task, metric, "dev", scores[i], 400, "last"),
              Score.of(task, "f1", "dev", scores[i] / 2, 400, "last")));
    }
    return this;
  }

  ManyTasks run(String task, String sharing, int seed, List<Score> scores) {
    Map<String, Object> varied = new TreeMap<>(besides);
    varied.put("task", task);
    varied.put("sharing", sharing);
    var builder =
        MadeUp.builder(sharing, 64, seed)
            .run("tasks", "run-" + runs.size())
            .config(varied)
            .variant(varied);
    runs.add(
        scores.isEmpty()
            ? builder.failed("loss is NaN").build()
            : builder.finished(scores).build());
    return this;
  }

  List<RunRecord> runs() {
    return runs;
  }

  /** A study whose baseline shares nothing; the majority guess has one score on two tasks. */
  static StudyDescription study(boolean paired) {
    return study(Map.of("sharing", "none"), paired);
  }

  static StudyDescription study(Map<String, Object> baseline, boolean paired) {
    return new StudyDescription(
        "tasks",
        "Does sharing cost the same on all tasks?",
        new TreeMap<>(baseline),
        List.of(),
        List.of(
            new StudyDescription.Reference(
                StudyDescription.MAJORITY,
                List.of(
                    Score.of("mrpc", "accuracy", "dev", 0.3, 400, "none"),
                    Score.of("rte", "accuracy", "dev", 0.5, 400, "none")))),
        "./albert run tasks.yaml",
        new DeclaredAnalysis(null, null, paired, null));
  }

  /** Two models, two tasks, three seeds; the averages are 0.765 and 0.665. */
  static ManyTasks two() {
    return new ManyTasks()
        .add("mrpc", "none", 0.60, 0.62, 0.64)
        .add("rte", "none", 0.69, 0.71, 0.73)
        .add("mrpc", "all", 0.70, 0.72, 0.74)
        .add("rte", "all", 0.79, 0.81, 0.83);
  }
}
