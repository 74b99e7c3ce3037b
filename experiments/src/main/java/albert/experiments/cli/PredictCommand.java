package albert.experiments.cli;

import albert.datasets.squad.SpanExample;
import albert.datasets.task.TextExample;
import albert.evaluation.record.StrictJson;
import albert.experiments.InputException;
import albert.experiments.cli.TextLines.QuestionLine;
import albert.experiments.cli.TextLines.TextLine;
import albert.experiments.config.ConfigKey;
import albert.experiments.config.ConfigKeys;
import albert.experiments.config.Settings;
import albert.experiments.config.SpanHeadKind;
import albert.experiments.pretrained.PretrainedModel;
import albert.experiments.run.EvaluationBatches;
import albert.experiments.run.Predictor;
import albert.experiments.run.RunTokenizer;
import albert.experiments.run.SpanPredictor;
import albert.experiments.run.SpanSettings;
import albert.experiments.run.TextPredictor;
import albert.experiments.run.TextSettings;
import albert.experiments.run.TrainedTask;
import albert.experiments.stage.StopSignal;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
        "Predicts with a fine-tuned model, as it was trained to unless keys say otherwise. Reads"
            + " JSON lines with text (and pair, if it was trained on pairs) and writes a JSON line"
            + " each: label and probabilities, or score. A model that answers questions reads"
            + " question and context and writes answer, start, end, score, no_answer_score and"
            + " n_best. Other keys of a line (id) are handed through and come first; one with the"
            + " name of a key that is written gets the prefix input_ (input_label). An empty line"
            + " is an error.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    versionProvider = Version.class,
    footer = {"", "Example: ./albert predict --model mrpc-1 --input pairs.jsonl"})
final class PredictCommand implements Callable<Integer>, ConfigOptions.User {

  private static final List<String> KEYS =
      List.of("device", "precision", "threads", "max_seq_length", ConfigKeys.SPECIAL_IN_TEXT);

  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      paramLabel = "DIR",
      required = true,
      description =
          "A run's folder as finetune leaves it, of which the last weights are taken, or one of its"
              + " model directories, checkpoint and checkpoint-best.")
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
        .filter(key -> KEYS.contains(key.name()) || isOfQuestions(key))
        .toList();
  }

  /** The keys that say how questions are answered; which head does is the checkpoint's. */
  private static boolean isOfQuestions(ConfigKey key) {
    return key.section() == ConfigKey.Section.SPANS && !key.name().equals("span_head");
  }

  /** Reads the next line, or null at the end. */
  private interface Reader<I> {
    @Nullable Line<I> read() throws IOException;
  }

  /**
   * A line of the input.
   *
   * @param others keys that are handed through
   * @param input what is predicted from, its place in the file for an id
   */
  private record Line<I>(Map<String, JsonNode> others, I input) {}

  @Override
  public Integer call() throws IOException {
    Settings given = ConfigOptions.given(spec.commandLine().getParseResult(), configKeys());
    PretrainedModel checkpoint =
        RunTokenizer.asTrained(ModelOption.models(spec.commandLine().getErr()).get(model), given);
    Optional<SpanHeadKind> spans = SpanPredictor.head(checkpoint);
    try (TextLines lines = TextLines.open(input)) {
      if (spans.isPresent()) {
        SpanSettings settings = SpanSettings.of(checkpoint, given);
        try (SpanPredictor predictor = new SpanPredictor(checkpoint, spans.get(), settings)) {
          predict(() -> question(lines), predictor);
        }
      } else {
        requireNoneOfQuestions(given);
        TextSettings settings = TextSettings.of(checkpoint, given);
        TrainedTask task = TrainedTask.of(checkpoint);
        try (TextPredictor predictor = new TextPredictor(checkpoint, settings)) {
          predict(() -> text(lines, task), predictor);
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
    for (List<Line<I>> chunk = chunk(reader); !chunk.isEmpty(); chunk = chunk(reader)) {
      Iterator<Line<I>> lines = chunk.iterator();
      predictor.predict(
          chunk.stream().map(Line::input).toList(),
          new StopSignal(),
          result ->
              out.println(
                  json.writeLine(PredictionLine.of(lines.next().others(), json.fields(result)))));
      out.flush();
    }
    PrintWriter err = spec.commandLine().getErr();
    predictor.cut().ifPresent(cut -> err.println("albert: " + cut));
  }

  private static <I> List<Line<I>> chunk(Reader<I> reader) throws IOException {
    List<Line<I>> chunk = new ArrayList<>();
    while (chunk.size() < EvaluationBatches.CHUNK) {
      Line<I> next = reader.read();
      if (next == null) {
        break;
      }
      chunk.add(next);
    }
    return chunk;
  }

  private static @Nullable Line<TextExample> text(TextLines lines, TrainedTask task)
      throws IOException {
    TextLine line = lines.next();
    if (line == null) {
      return null;
    }
    TextExample text =
        new TextExample(lines.place(line.number()), line.text(), line.pair(), Double.NaN);
    task.requireFitting(text);
    return new Line<>(line.others(), text);
  }

  private static @Nullable Line<SpanExample> question(TextLines lines) throws IOException {
    QuestionLine line = lines.nextQuestion();
    return line == null
        ? null
        : new Line<>(
            line.others(),
            new SpanExample(
                lines.place(line.number()), "", line.question(), line.context(), List.of()));
  }
}
