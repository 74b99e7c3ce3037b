package albert.experiments.cli;

import albert.evaluation.record.StrictJson;
import albert.experiments.cli.terminal.WorkBar;
import albert.experiments.config.ConfigKey;
import albert.experiments.encoding.Embedder;
import albert.experiments.search.EmbeddingTask;
import albert.experiments.stage.StopSignal;
import albert.experiments.task.kind.OfficialScores;
import albert.experiments.task.kind.References;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code albert evaluate-embeddings}: what a model's sentence embeddings are worth untrained. */
@Command(
    name = "evaluate-embeddings",
    description =
        "Scores a model's sentence embeddings on a dev set, without training. sts-b: the cosine"
            + " of each pair against people's scores, compared with word overlap. squad-v1.1:"
            + " each question has to find its paragraph among all paragraphs, compared with BM25.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Example: ./albert evaluate-embeddings --task sts-b --model maven:all-MiniLM-L6-v2",
      "Unless --precision says otherwise it computes in float32."
    })
final class EvaluateEmbeddingsCommand implements Callable<Integer>, ConfigOptions.User {

  @Spec private CommandSpec spec;

  @Option(
      names = "--task",
      paramLabel = "sts-b|squad-v1.1",
      required = true,
      description = "The task whose dev set is scored.")
  private String task;

  @Mixin private ModelOption model;

  @Mixin private DataOption data;

  @Mixin private EmbeddingOptions embedding;

  @Option(
      names = "--json",
      description = "Print one JSON object: task, n, scores, protocol, references.")
  private boolean json;

  private record Reference(String name, Map<String, @Nullable Double> scores) {}

  private record Summary(
      String task,
      long n,
      Map<String, @Nullable Double> scores,
      String protocol,
      List<Reference> references) {}

  @Override
  public List<ConfigKey> configKeys() {
    return EncoderKeys.all();
  }

  @Override
  public Integer call() throws IOException {
    EmbeddingTask dev = EmbeddingTask.read(task, data.folder());
    PrintWriter err = spec.commandLine().getErr();
    EmbeddingTask.Result result;
    try (Embedder embedder = embedding.open(model.read(err), spec)) {
      result = score(dev, embedder);
      EmbeddingOptions.reportCut(embedder, err);
    }
    print(result);
    return 0;
  }

  @SuppressWarnings("try") // the interruption listens by being there
  private EmbeddingTask.Result score(EmbeddingTask dev, Embedder embedder) throws IOException {
    StopSignal stop = new StopSignal();
    try (Interruption listening =
            new Interruption(stop, spec.commandLine().getErr(), "interrupted; nothing was scored");
        WorkBar bar = new WorkBar("texts", dev.texts())) {
      return dev.score(
          texts ->
              embedder.embed(
                  texts,
                  i -> String.format(Locale.ROOT, "dev of task %s, text %d", task, i + 1),
                  stop,
                  bar::stepBy),
          String.format(
              Locale.ROOT,
              "%s, cosine of %s embeddings, dev",
              References.PROTOCOL,
              embedder.settings().pooling().id()));
    }
  }

  private void print(EmbeddingTask.Result result) {
    PrintWriter out = spec.commandLine().getOut();
    OfficialScores scores = result.scores();
    OfficialScores reference = result.referenceScores();
    if (json) {
      out.print(
          new StrictJson()
              .write(
                  new Summary(
                      scores.task(),
                      scores.n(),
                      scores.scores(),
                      scores.protocol(),
                      List.of(new Reference(result.reference(), reference.scores())))));
    } else {
      ScoreTable.print(scores, out);
      out.println();
      ScoreTable.print(
          new OfficialScores(
              reference.task(),
              reference.n(),
              reference.scores(),
              result.reference() + ", " + reference.protocol()),
          out);
    }
    out.flush();
  }
}
