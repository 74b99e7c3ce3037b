package albert.experiments.run;

import albert.datasets.baseline.MajorityClass;
import albert.datasets.baseline.NaiveBayes;
import albert.datasets.task.SplitName;
import albert.datasets.task.TaskData;
import albert.datasets.task.TaskKind;
import albert.datasets.task.TextExample;
import albert.evaluation.metric.Metric;
import albert.evaluation.record.AtomicFiles;
import albert.evaluation.record.Score;
import albert.evaluation.record.StrictJson;
import albert.experiments.config.RunPlan;
import albert.reports.summary.StudyDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a report needs to know of a study, in {@code study.json} beside its runs. */
public final class StudyDescriptions {

  private static final String FILE = "study.json";
  private static final String SPLIT = "dev";
  private static final String PROTOCOL = "no training steps";

  private StudyDescriptions() {}

  /**
   * Reads the description of a study.
   *
   * @param folder {@code runs/STUDY}
   * @return empty if there is none
   * @throws IOException if it is malformed or can't be read
   */
  public static Optional<StudyDescription> read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    return Files.exists(file)
        ? Optional.of(new StrictJson().read(file, StudyDescription.class))
        : Optional.empty();
  }

  static void write(RunSettings settings, RunPlan plan, StudyTasks tasks) throws IOException {
    Path file = settings.store().root().resolve(plan.study().name()).resolve(FILE);
    AtomicFiles.writeText(file, new StrictJson().write(of(settings.command(), plan, tasks)));
  }

  private static StudyDescription of(String command, RunPlan plan, StudyTasks tasks) {
    return new StudyDescription(
        plan.study().name(),
        plan.study().question(),
        plan.baseline(),
        plan.runs().stream()
            .map(run -> new StudyDescription.Variant(run.name(), plan.varied(run)))
            .distinct()
            .toList(),
        tasks.all().stream().flatMap(StudyDescriptions::references).toList(),
        command);
  }

  /** What needs no network: the most frequent class, and a bag of words. */
  private static Stream<StudyDescription.Reference> references(TaskData data) {
    if (data.task().kind() != TaskKind.CLASSIFICATION) {
      return Stream.of();
    }
    int classes = data.task().labels().size();
    List<TextExample> train = data.examples(SplitName.TRAIN);
    List<TextExample> dev = data.examples(SplitName.DEV);
    return Stream.of(
        reference("majority guess", data, MajorityClass.train(train, classes).accuracy(dev)),
        reference(
            "bag of words (naive Bayes)", data, NaiveBayes.train(train, classes).accuracy(dev)));
  }

  private static StudyDescription.Reference reference(String name, TaskData data, double accuracy) {
    return new StudyDescription.Reference(
        name,
        List.of(
            Score.of(
                data.task().id(),
                Metric.ACCURACY.id(),
                SPLIT,
                accuracy,
                data.examples(SplitName.DEV).size(),
                PROTOCOL)));
  }
}
