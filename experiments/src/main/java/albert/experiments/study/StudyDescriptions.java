package albert.experiments.study;

import albert.evaluation.record.AtomicFiles;
import albert.evaluation.record.StrictJson;
import albert.experiments.run.RunEnvironment;
import albert.reports.summary.StudyDescription;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

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
