package albert.experiments.cli;

import albert.datasets.task.Example;
import albert.datasets.task.Task;
import albert.evaluation.record.StrictJson;
import albert.experiments.InputException;
import albert.experiments.config.ConfigKey;
import albert.experiments.config.ConfigKeys;
import albert.experiments.config.NearestName;
import albert.experiments.config.RunConfig;
import albert.experiments.config.Settings;
import albert.experiments.task.TaskKinds;
import albert.experiments.task.kind.OfficialScores;
import albert.experiments.task.kind.ScoredFiles;
import albert.experiments.task.kind.TaskKind;
import albert.model.config.ModelType;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code albert score}: the official metrics of anybody's predictions. */
@Command(
    name = "score",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Example: ./albert score --task mrpc --gold glue/MRPC/dev.tsv --predictions MRPC.tsv --json",
      "Example: ./albert score --task squad-v2.0 --gold dev-v2.0.json --predictions p.json"
    })
final class ScoreCommand implements Callable<Integer>, ConfigOptions.User {

  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--task",
      paramLabel = "TASK",
      required = true,
      description = "The task; see above.")
  private String task = "";

  @Option(
      names = "--gold",
      paramLabel = "FILE",
      required = true,
      description = "The official file with the right answers.")
  private Path gold = Path.of("");

  @Option(
      names = "--predictions",
      paramLabel = "FILE",
      required = true,
      description = "The predictions to score.")
  private Path predictions = Path.of("");

  @Option(
      names = "--na-probabilities",
      paramLabel = "FILE",
      description =
          "SQuAD 2.0: a JSON object with the probability, or score, of no answer for each"
              + " question.")
  private Optional<Path> noAnswer = Optional.empty();

  @Option(
      names = "--json",
      description = "Print one JSON object: task, n, scores, protocol; an undefined score is null.")
  private boolean json;

  /** What files there are is known to the kinds of task. */
  @Spec
  void setSpec(CommandSpec spec) {
    this.spec = spec;
    spec.usageMessage()
        .description(
            TaskKinds.all().stream()
                .map(TaskKind::scoreHelp)
                .collect(
                    Collectors.joining(
                        " ",
                        "Scores files of predictions as the official scripts do. ",
                        " Tasks: " + String.join(", ", allowed()) + ".")));
  }

  @Override
  public List<ConfigKey> configKeys() {
    return ConfigKeys.all().stream()
        .filter(
            key ->
                TaskKinds.all().stream()
                    .anyMatch(kind -> kind.keysOfScoring().contains(key.name())))
        .toList();
  }

  @Override
  public Integer call() {
    OfficialScores scores = scores();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(new StrictJson().write(scores));
    } else {
      ScoreTable.print(scores, out);
    }
    scores
        .undefined()
        .forEach(name -> spec.commandLine().getErr().println("albert: " + name + " is undefined"));
    out.flush();
    return 0;
  }

  private OfficialScores scores() {
    ScoredFiles files = new ScoredFiles(gold, predictions, noAnswer, this::warn);
    return TaskKinds.of(task).flatMap(kind -> score(kind, files)).orElseThrow(this::unknownTask);
  }

  private <X extends Example, O extends Record> Optional<OfficialScores> score(
      TaskKind<X, O, ?, ?> kind, ScoredFiles files) {
    Settings given = ConfigOptions.given(spec.commandLine().getParseResult(), configKeys());
    given.all().stream()
        .filter(setting -> !kind.keysOfScoring().contains(setting.key().name()))
        .findFirst()
        .ifPresent(
            setting -> {
              throw new InputException(
                  String.format(
                      Locale.ROOT, "%s is not for --task %s", setting.key().option(), task));
            });
    Record keys = RunConfig.resolveKeys(kind, ModelType.ALBERT, task, given);
    return kind.scored().stream().anyMatch(known -> known.id().equals(task))
        ? kind.anyTask(task, keys).map(known -> score(kind, known, files))
        : Optional.empty();
  }

  private static <X extends Example> OfficialScores score(
      TaskKind<X, ?, ?, ?> kind, Task<X> known, ScoredFiles files) {
    try {
      return kind.score(known, files);
    } catch (UncheckedIOException e) {
      throw InputException.of(e);
    }
  }

  private void warn(String warning) {
    ErrorLines.print(spec.commandLine().getErr(), warning);
  }

  private static List<String> allowed() {
    return TaskKinds.all().stream()
        .flatMap(kind -> kind.scored().stream())
        .<String>map(Task::id)
        .toList();
  }

  private InputException unknownTask() {
    return new InputException(
        String.format(
            Locale.ROOT,
            "--task is '%s'%s, allowed are %s (%s)",
            task,
            NearestName.hint(task, allowed()),
            String.join(", ", allowed()),
            "for data of your own: --task csv"));
  }
}
