package albert.experiments.cli;

import albert.datasets.JsonLine;
import albert.datasets.JsonLines;
import albert.evaluation.record.StrictJson;
import albert.experiments.InputException;
import albert.experiments.checkpoint.PretrainedModel;
import albert.experiments.config.ConfigKey;
import albert.experiments.config.ConfigKeys;
import albert.experiments.config.Settings;
import albert.experiments.evaluation.EvaluationBatches;
import albert.experiments.evaluation.Predictor;
import albert.experiments.evaluation.RunTokenizer;
import albert.experiments.stage.StopSignal;
import albert.experiments.task.TaskKinds;
import albert.experiments.task.kind.InputLines;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code albert predict}: what a fine-tuned or a pretrained model says of texts. */
@Command(
    name = "predict",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    versionProvider = Version.class,
    footer = {
      "",
      "Example: ./albert predict --model mrpc-1 --input pairs.jsonl",
      "Example: ./albert predict --model albert-base-v2 --input masked.jsonl --top 3"
    })
final class PredictCommand implements Callable<Integer>, ConfigOptions.User {

  private static final List<String> KEYS =
      List.of("device", "precision", "threads", "max_seq_length", ConfigKeys.SPECIAL_IN_TEXT);

  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--model",
      paramLabel = "DIR",
      required = true,
      description =
          "The folder of a run of finetune (its last weights are used), or one of the model"
              + " directories in it, checkpoint or checkpoint-best; or the directory of a"
              + " pretrained model.")
  private String model = "";

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description = "JSON lines as described above [standard input].")
  private @Nullable Path input;

  @Option(
      names = "--top",
      paramLabel = "K",
      description = "Tokens that a pretrained model gives for each mask [5].")
  private OptionalInt top = OptionalInt.empty();

  /** What each kind of model reads and writes is known to the kinds. */
  @Spec
  void setSpec(CommandSpec spec) {
    this.spec = spec;
    spec.usageMessage()
        .description(
            Predictor.help().stream()
                .collect(
                    Collectors.joining(
                        " ",
                        "Predicts with a fine-tuned model, as it was trained to unless keys say"
                            + " otherwise, or fills masks with a pretrained one: reads JSON lines"
                            + " and writes a JSON line each. ",
                        " Other keys of a line (id) are passed through and come first; a key whose"
                            + " name predict itself writes gets the prefix input_ (input_label)."
                            + " An empty line is an error.")));
  }

  @Override
  public List<ConfigKey> configKeys() {
    return ConfigKeys.all().stream()
        .filter(key -> KEYS.contains(key.name()) || isOfKind(key))
        .toList();
  }

  /** The own keys of a kind of task that act on predictions, not in training or on data alone. */
  private static boolean isOfKind(ConfigKey key) {
    return key.section() == ConfigKey.Section.TASK
        && TaskKinds.all().stream()
            .noneMatch(
                kind ->
                    kind.keysOfTraining().contains(key.name())
                        || kind.keysOfData().contains(key.name()));
  }

  @Override
  public Integer call() throws IOException {
    Settings given = ConfigOptions.given(spec.commandLine().getParseResult(), configKeys());
    PretrainedModel checkpoint =
        RunTokenizer.asTrained(ModelOption.models(spec.commandLine().getErr()).get(model), given);
    try (JsonLines lines = InputLines.open(input)) {
      requireKeysOf(checkpoint, given);
      try (Predictor predictor = Predictor.open(checkpoint, given, top)) {
        predict(lines, predictor);
      }
    }
    return 0;
  }

  /** Keys of another kind of task would be idle. */
  private void requireKeysOf(PretrainedModel checkpoint, Settings given) {
    Set<String> own =
        Predictor.kindOf(checkpoint)
            .map(kind -> kind.defaults(checkpoint.model().config().modelType()))
            .map(keys -> ConfigKeys.values(keys).keySet())
            .orElse(Set.of());
    given.all().stream()
        .filter(setting -> isOfKind(setting.key()) && !own.contains(setting.key().name()))
        .findFirst()
        .ifPresent(
            setting -> {
              throw new InputException(
                  String.format(
                      Locale.ROOT,
                      "%s is not for models with the head %s, which %s has",
                      setting.key().option(),
                      checkpoint.model().head().kind().name().toLowerCase(Locale.ROOT),
                      model));
            });
  }

  private void predict(JsonLines lines, Predictor predictor) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    StrictJson json = new StrictJson();
    for (List<JsonLine> chunk = chunk(lines, predictor);
        !chunk.isEmpty();
        chunk = chunk(lines, predictor)) {
      Iterator<JsonLine> each = chunk.iterator();
      predictor.predict(
          chunk,
          new StopSignal(),
          result ->
              out.println(
                  json.writeLine(
                      PredictionLine.of(
                          each.next().without(predictor.lineKeys()), json.fields(result)))));
      out.flush();
    }
    PrintWriter err = spec.commandLine().getErr();
    predictor.cut().ifPresent(cut -> err.println("albert: " + cut));
  }

  private static List<JsonLine> chunk(JsonLines lines, Predictor predictor) throws IOException {
    List<JsonLine> chunk = new ArrayList<>();
    while (chunk.size() < EvaluationBatches.CHUNK) {
      JsonLine next = lines.next(predictor.line());
      if (next == null) {
        break;
      }
      chunk.add(next);
    }
    return chunk;
  }
}
