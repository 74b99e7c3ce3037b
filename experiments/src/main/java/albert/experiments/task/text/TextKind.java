package albert.experiments.task.text;

import albert.datasets.task.Task;
import albert.datasets.task.TaskData;
import albert.datasets.text.GlueTask;
import albert.datasets.text.TextExample;
import albert.datasets.text.TextTask;
import albert.datasets.text.WordNetTask;
import albert.experiments.task.kind.NoKeys;
import albert.experiments.task.kind.OfficialScores;
import albert.experiments.task.kind.ScoredFiles;
import albert.model.config.ModelType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Public data sets of single texts or pairs, of which a class or a number is predicted. */
public final class TextKind extends KindOfTexts<NoKeys> {
  private static final List<TextTask> TASKS =
      Stream.concat(Arrays.<TextTask>stream(GlueTask.values()), Stream.of(new WordNetTask()))
          .toList();

  @Override
  public String title() {
    return "Texts and pairs";
  }

  @Override
  public List<TextTask> tasks() {
    return TASKS;
  }

  @Override
  public Class<NoKeys> keysType() {
    return NoKeys.class;
  }

  @Override
  public NoKeys defaults(ModelType family) {
    return NoKeys.NONE;
  }

  /** GLUE's diagnostic sentences, which a model of MNLI predicts. */
  @Override
  public List<TaskData<TextExample>> related(Task<TextExample> task, Path folder) {
    boolean isThere =
        Files.isDirectory(folder.resolve("glue/AX"))
            || Files.isDirectory(folder.resolve("glue/diagnostic"));
    return task == GlueTask.MNLI && isThere ? List.of(GlueTask.AX.read(folder)) : List.of();
  }

  @Override
  public List<GlueTask> scored() {
    return List.of(GlueTask.values());
  }

  @Override
  public String scoreHelp() {
    return "GLUE: --gold is the official tsv with labels, --predictions a submission tsv (index,"
        + " prediction).";
  }

  @Override
  public OfficialScores score(Task<TextExample> task, ScoredFiles files) {
    files.requireNoUnanswerable(task);
    return GlueScoring.score(
        (GlueTask) task, files.gold(), files.predictions(), OfficialScores.OF_FILES);
  }
}
