package albert.experiments.study;

import albert.datasets.task.Task;
import albert.experiments.config.ConfigKeys;
import albert.experiments.task.TaskKinds;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The question of a study whose author asks none: made from what varies and what is scored. */
final class StudyQuestion {

  private static final Map<String, String> METRICS =
      Map.of(
          "matthews_correlation", "the Matthews correlation",
          "pearson", "Pearson's correlation",
          "f1", "F1");

  private StudyQuestion() {}

  /** {@code How do sharing and embedding_size change accuracy?} */
  static String of(Study study) {
    List<String> names =
        study.axes().stream().map(Study.Axis::name).filter(name -> !name.isEmpty()).toList();
    if (!names.isEmpty()) {
      return String.format(
          Locale.ROOT,
          "How %s %s change %s?",
          names.size() == 1 ? "does" : "do",
          listed(names),
          score(study));
    }
    if (!study.axes().isEmpty()) {
      List<String> choices =
          study.axes().get(0).choices().stream().map(Study.Choice::label).toList();
      return String.format(Locale.ROOT, "How do %s differ in %s?", listed(choices), score(study));
    }
    return task(study)
        .map(task -> String.format(Locale.ROOT, "What is %s on %s?", score(study), task))
        .orElseGet(() -> String.format(Locale.ROOT, "What are %s?", score(study)));
  }

  private static Optional<String> task(Study study) {
    return study.variedKeys().contains(ConfigKeys.TASK)
        ? Optional.empty()
        : study.base().find(ConfigKeys.TASK).map(setting -> (String) setting.value());
  }

  /** What the task's weights are chosen by; any score where tasks vary. */
  private static String score(Study study) {
    Optional<String> metric = task(study).flatMap(TaskKinds::task).map(Task::metric);
    return metric.map(id -> METRICS.getOrDefault(id, id.replace('_', ' '))).orElse("the scores");
  }

  private static String listed(List<String> names) {
    int last = names.size() - 1;
    String others = names.stream().limit(last).collect(Collectors.joining(", "));
    return others.isEmpty() ? names.get(last) : others + " and " + names.get(last);
  }
}
