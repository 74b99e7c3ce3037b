package albert.experiments.cli;

import albert.datasets.squad.SpanExample;
import albert.datasets.task.TextExample;
import albert.evaluation.record.StrictJson;
import albert.experiments.InputException;
import albert.experiments.cli.TextLines.QuestionLine;
import albert.experiments.cli.TextLines.TextLine;
import albert.experiments.config.ConfigKey;
import albert.experiments.config.ConfigKeys;
import albert.experiments.config.RunConfig;
import albert.experiments.config.Settings;
import albert.experiments.config.SpanHeadKind;
import albert.experiments.pretrained.PretrainedModel;
import albert.experiments.pretrained.PretrainedModels;
import albert.experiments.run.Predictor;
import albert.experiments.run.RunTokenizer;
import albert.experiments.run.SpanPredictor;
import albert.experiments.run.SpanSettings;
import albert.experiments.run.StopSignal;
import albert.experiments.run.TextPredictor;
import albert.model.runtime.RuntimeOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
        "Predicts with a fine-tuned model. Reads JSON lines with text (and pair) and writes a JSON"
            + " line each: label and probabilities, or score. A model that answers questions reads"
            + " question and context and writes answer, start, end, score, no_answer_score and"
            + " n_best; it answers as it was trained to unless keys say otherwise.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    versionProvider = Version.class,
    footer = {"", "Example: ./albert predict --model mrpc-1/checkpoint-best --input pairs.jsonl"})
final class PredictCommand implements Callable<Integer>, ConfigOptions.User {

  private static final int CHUNK = 1_024;
  private static final List<String> RUNTIME_KEYS = List.of("device", "precision", "threads", ConfigKeys.SPECIAL_IN_TEXT);
  private static final String LENGTH = "max_seq_length";

  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      required = true,
      description = "A model directory as finetune leaves it.")
  private String model = "";

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description =
          "JSON lines with text and, for pairs, pair; or question, context [standard input].")
  private @Nullable Path input;

  @Override
  public List<ConfigKey> configKeys() {
    return ConfigKeys.all().stream()
        .filter(key -> RUNTIME_KEYS.contains(key.name()) || isOfQuestions(key))
        .toList();
  }

  /** The keys that say how questions are answered; which head does is the checkpoint's. */
  private static boolean isOfQuestions(ConfigKey key) {
    return key.name().equals(LENGTH)
        || (key.section() == ConfigKey.Section.SPANS && !key.name().equals("span_head"));
  }

  /** Reads the next input, or null at the end. */
  private interface Reader<I> {
    @Nullable I read() throws IOException;
  }

  @Override
  public Integer call() throws IOException {
    Settings given = ConfigOptions.given(spec.commandLine().getParseResult(), configKeys());
    RuntimeOptions options = RunConfig.resolveTraining(given).runtime();
    PretrainedModel checkpoint =
        RunTokenizer.asTrained(new PretrainedModels().get(model), given);
    Optional<SpanHeadKind> spans = SpanPredictor.head(checkpoint);
    try (TextLines lines = TextLines.open(input)) {
      if (spans.isPresent()) {
        SpanSettings settings = SpanSettings.of(checkpoint, given);
        try (SpanPredictor predictor =
            new SpanPredictor(checkpoint, spans.get(), settings, options)) {
          predict(() -> question(lines), predictor);
        }
      } else {
        requireNoneOfQuestions(given);
        try (TextPredictor predictor = new TextPredictor(checkpoint, options)) {
          predict(() -> text(lines), predictor);
        }
      }
    }
    return 0;
  }

  private void requireNoneOfQuestions(Settings given) {
    given.all().stream()
        .filter(setting -> isOfQuestions(setting.key()))
        .findFirst()
        .ifPresent(
            setting -> {
              throw new InputException(
                  String.format(
                      Locale.ROOT,
                      "%s is for models that answer questions, %s does not",
                      setting.key().option(),
                      model));
            });
  }

  private <I> void predict(Reader<I> reader, Predictor<I> predictor) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    StrictJson json = new StrictJson();
    for (List<I> chunk = chunk(reader); !chunk.isEmpty(); chunk = chunk(reader)) {
      predictor
          .predict(chunk, new StopSignal())
          .forEach(result -> out.println(json.writeLine(result)));
      out.flush();
    }
  }

  private static <I> List<I> chunk(Reader<I> reader) throws IOException {
    List<I> chunk = new ArrayList<>();
    while (chunk.size() < CHUNK) {
      I next = reader.read();
      if (next == null) {
        break;
      }
      chunk.add(next);
    }
    return chunk;
  }

  private static @Nullable TextExample text(TextLines lines) throws IOException {
    TextLine line = lines.next();
    return line == null
        ? null
        : new TextExample(String.valueOf(line.number()), line.text(), line.pair(), Double.NaN);
  }

  private static @Nullable SpanExample question(TextLines lines) throws IOException {
    QuestionLine line = lines.nextQuestion();
    return line == null
        ? null
        : new SpanExample(
            String.valueOf(line.number()), "", line.question(), line.context(), List.of());
  }
}
