package albert.experiments.run;

import albert.datasets.squad.AnswerSelection;
import albert.datasets.squad.SpanEncoder;
import albert.datasets.squad.SpanExample;
import albert.datasets.squad.SpanOutput;
import albert.datasets.squad.SpanPrediction;
import albert.datasets.squad.SpanWindow;
import albert.datasets.squad.SpanWindows;
import albert.datasets.text.Tokenizer;
import albert.experiments.ModelInputs;
import albert.experiments.config.SpanConfig;
import albert.experiments.config.SpanHeadKind;
import albert.experiments.pretrained.PretrainedModel;
import albert.experiments.stage.StopSignal;
import albert.model.config.EncoderConfig;
import albert.model.runtime.EvaluationModel;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** A fine-tuned model that answers questions about texts. */
public final class SpanPredictor implements Predictor<SpanExample> {

  private final SpanTaskHead head;
  private final SpanSettings settings;
  private final Tokenizer tokenizer;
  private final EvaluationBatches batches;
  private final EvaluationModel model;
  private final EncoderConfig config;
  private long asked;
  private long cut;

  /**
   * Opens a model.
   *
   * @param head which head it has, see {@link #head}
   * @param settings see {@link SpanSettings#of}
   * @throws albert.experiments.InputException if it has no tokenizer
   */
  public SpanPredictor(PretrainedModel checkpoint, SpanHeadKind head, SpanSettings settings) {
    this.settings = settings;
    config = checkpoint.model().config();
    this.head = new SpanTaskHead(head, settings.spans().startNTop(), settings.spans().endNTop());
    tokenizer = checkpoint.openTokenizer();
    batches =
        EvaluationBatches.of(
            tokenizer.specialTokens().pad(), checkpoint.model().config(), settings.maxSeqLength());
    model =
        EvaluationModel.of(
            checkpoint.model().config(),
            List.of(this.head.build(List.of())),
            checkpoint.model().weights(),
            settings.runtime());
  }

  /** The head of a checkpoint, if it is one for spans. */
  public static Optional<SpanHeadKind> head(PretrainedModel checkpoint) {
    return SpanTaskHead.of(checkpoint.model().head());
  }

  /**
   * {@inheritDoc}
   *
   * <p>Results are {@link SpanResult}s.
   */
  @Override
  public void predict(List<SpanExample> questions, StopSignal stop, Consumer<Object> results) {
    SpanConfig spans = settings.spans();
    double threshold =
        settings.mayBeUnanswerable() ? spans.nullScoreDiffThreshold() : Double.POSITIVE_INFINITY;
    SpanWindows windows =
        new SpanEncoder(
                tokenizer, settings.maxSeqLength(), spans.docStride(), spans.maxQueryLength())
            .encode(questions);
    for (SpanWindow window : windows.windows()) {
      ModelInputs.requireReadable(config, questions.get(window.example()).id(), window.sequence());
    }
    count(questions);
    SpanOutput[] outputs = new SpanOutput[windows.windows().size()];
    Evaluation.run(
        model::predict,
        batches.of(windows.examples(), row -> windows.windows().get(row).example()),
        head.outputs(),
        (batch, values) -> head.read(batch, values, outputs),
        stop);
    int sound = sound(questions.size(), windows, outputs);
    List<SpanPrediction> answers =
        new AnswerSelection(
                spans.nBestSize(), spans.maxAnswerLength(), settings.mayBeUnanswerable())
            .select(questions.subList(0, sound), windows, Arrays.asList(outputs));
    for (int i = 0; i < sound; i++) {
      results.accept(SpanResult.of(questions.get(i).context(), answers.get(i), threshold));
    }
    if (sound < questions.size()) {
      throw Predictor.nonFinite(questions.get(sound).id());
    }
  }

  /** How many questions come before the first whose outputs are no numbers. */
  private static int sound(int questions, SpanWindows windows, SpanOutput[] outputs) {
    return IntStream.range(0, outputs.length)
        .filter(i -> !outputs[i].isFinite())
        .map(i -> windows.windows().get(i).example())
        .min()
        .orElse(questions);
  }

  private void count(List<SpanExample> questions) {
    int longest = settings.spans().maxQueryLength();
    asked += questions.size();
    cut +=
        questions.stream()
            .filter(question -> tokenizer.encode(question.question()).length > longest)
            .count();
  }

  /** Questions alone: contexts are read window by window. */
  @Override
  public Optional<String> cut() {
    return cut == 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%d of %d questions were cut to %d pieces",
                cut,
                asked,
                settings.spans().maxQueryLength()));
  }

  @Override
  public void close() {
    model.close();
    tokenizer.close();
  }
}
