package albert.experiments.study;

import albert.evaluation.record.AtomicFiles;
import albert.evaluation.record.RunRecord;
import albert.evaluation.record.StrictJson;
import albert.experiments.config.RunConfig;
import albert.experiments.evaluation.TaskSource;
import albert.experiments.run.RunEnvironment;
import albert.reports.summary.StudyDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What a report needs to know of a study, in {@code study.json} beside its runs. */
public final class StudyDescriptions {

  private static final String FILE = "study.json";

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

  /**
   * Describes a run without a study, if that was not done before: what its scores have to beat.
   *
   * @param folder of the run
   * @param run its record
   * @param config what it trained
   */
  public static void writeOfRun(
      RunEnvironment settings, Path folder, RunRecord run, RunConfig config) throws IOException {
    if (Files.exists(folder.resolve(FILE))) {
      return;
    }
    Map<String, Object> keys = TaskSource.dataOf(config);
    StudyReferences references =
        StudyReferences.of(
            Map.of(keys, TaskSource.read(config, settings.data())),
            Map.of(keys, Set.of(config.training().maxTrainExamples())));
    StudyDescription description =
        new StudyDescription(
            run.study(), "", new TreeMap<>(), List.of(), references.all(), settings.command());
    AtomicFiles.writeText(folder.resolve(FILE), new StrictJson().write(description));
  }

  static void write(RunEnvironment settings, RunPlan plan, StudyTasks tasks) throws IOException {
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
        tasks.references(),
        command,
        plan.study().analysis());
  }
}
