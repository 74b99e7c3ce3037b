package albert.experiments.cli;

import albert.datasets.task.GlueTask;
import albert.evaluation.record.StrictJson;
import albert.experiments.InputException;
import albert.experiments.config.NearestName;
import albert.experiments.score.GlueScoring;
import albert.experiments.score.OfficialScores;
import albert.experiments.score.SquadScoring;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code albert score}: the official metrics of anybody's predictions. */
@Command(
    name = "score",
    description =
        "Scores files of predictions as GLUE and the official SQuAD scripts do. GLUE: --gold is the"
            + " official tsv with labels, --predictions a submission tsv (index, prediction);"
            + " SQuAD: the official JSON files.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Example: ./albert score --task mrpc --gold glue/MRPC/dev.tsv --predictions MRPC.tsv --json",
      "Example: ./albert score --task squad-v2.0 --gold dev-v2.0.json --predictions p.json"
    })
final class ScoreCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--task",
      paramLabel = "TASK",
      required = true,
      description = "A task of GLUE, squad-v1.1 or squad-v2.0.")
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
      description = "The predictions.")
  private Path predictions = Path.of("");

  @Option(
      names = "--na-probabilities",
      paramLabel = "FILE",
      description = "SQuAD 2.0: probability, or score, of no answer by question, a JSON object.")
  private Optional<Path> noAnswer = Optional.empty();

  @Option(
      names = "--json",
      description = "Print one JSON object: task, n, scores, protocol; an undefined score is null.")
  private boolean json;

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
    if (SquadScoring.is(task)) {
      return SquadScoring.score(
          task, gold, predictions, noAnswer, OfficialScores.OF_FILES, this::warn);
    }
    GlueTask glue =
        Arrays.stream(GlueTask.values())
            .filter(known -> known.id().equals(task))
            .findFirst()
            .orElseThrow(this::unknownTask);
    if (noAnswer.isPresent()) {
      throw new InputException(
          "--na-probabilities is for " + SquadScoring.V2 + ", --task is " + task);
    }
    return GlueScoring.score(glue, gold, predictions, OfficialScores.OF_FILES);
  }

  private void warn(String warning) {
    ErrorLines.print(spec.commandLine().getErr(), warning);
  }

  private InputException unknownTask() {
    List<String> allowed =
        Stream.concat(
                Arrays.stream(GlueTask.values()).map(GlueTask::id),
                Stream.of(SquadScoring.V1, SquadScoring.V2))
            .toList();
    return new InputException(
        String.format(
            Locale.ROOT,
            "--task is '%s'%s, allowed are %s",
            task,
            NearestName.hint(task, allowed),
            String.join(", ", allowed)));
  }
}
