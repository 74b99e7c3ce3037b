package albert.experiments.cli;

import albert.datasets.task.TextExample;
import albert.evaluation.record.StrictJson;
import albert.experiments.cli.TextLines.TextLine;
import albert.experiments.config.ConfigKey;
import albert.experiments.config.ConfigKeys;
import albert.experiments.config.RunConfig;
import albert.experiments.pretrained.PretrainedModels;
import albert.experiments.run.StopSignal;
import albert.experiments.run.TextPredictor;
import albert.model.runtime.RuntimeOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code albert predict}: what a fine-tuned model says of texts. */
@Command(
    name = "predict",
    description =
        "Predicts with a fine-tuned model. Reads JSON lines with text (and pair), writes a JSON"
            + " line each: label and probabilities, or score.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    versionProvider = Version.class,
    footer = {"", "Example: ./albert predict --model mrpc-1/checkpoint-best --input pairs.jsonl"})
final class PredictCommand implements Callable<Integer>, ConfigOptions.User {

  private static final int CHUNK = 1_024;
  private static final List<String> RUNTIME_KEYS = List.of("device", "precision", "threads");

  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      required = true,
      description = "A model directory with a head for sequences.")
  private String model = "";

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description = "JSON lines with text and, for pairs, pair [standard input].")
  private @Nullable Path input;

  @Override
  public List<ConfigKey> configKeys() {
    return ConfigKeys.all().stream().filter(key -> RUNTIME_KEYS.contains(key.name())).toList();
  }

  @Override
  public Integer call() throws IOException {
    RuntimeOptions options =
        RunConfig.resolveTraining(
                ConfigOptions.given(spec.commandLine().getParseResult(), configKeys()))
            .runtime();
    PrintWriter out = spec.commandLine().getOut();
    StrictJson json = new StrictJson();
    try (TextLines lines = TextLines.open(input);
        TextPredictor predictor = new TextPredictor(new PretrainedModels().get(model), options)) {
      for (List<TextExample> chunk = read(lines); !chunk.isEmpty(); chunk = read(lines)) {
        predictor
            .predict(chunk, new StopSignal())
            .forEach(result -> out.println(json.writeLine(result)));
        out.flush();
      }
    }
    return 0;
  }

  private static List<TextExample> read(TextLines lines) throws IOException {
    List<TextExample> chunk = new ArrayList<>();
    while (chunk.size() < CHUNK) {
      TextLine line = lines.next();
      if (line == null) {
        break;
      }
      chunk.add(
          new TextExample(String.valueOf(line.number()), line.text(), line.pair(), Double.NaN));
    }
    return chunk;
  }
}
