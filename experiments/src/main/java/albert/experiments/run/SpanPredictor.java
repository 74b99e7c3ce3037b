package albert.experiments.run;

import albert.datasets.batch.Batcher;
import albert.datasets.squad.AnswerSelection;
import albert.datasets.squad.SpanEncoder;
import albert.datasets.squad.SpanExample;
import albert.datasets.squad.SpanOutput;
import albert.datasets.squad.SpanPrediction;
import albert.datasets.squad.SpanWindows;
import albert.datasets.text.Tokenizer;
import albert.experiments.config.SpanConfig;
import albert.experiments.config.SpanHeadKind;
import albert.experiments.pretrained.PretrainedModel;
import albert.model.runtime.FrozenModel;
import albert.model.runtime.RuntimeOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A fine-tuned model that answers questions about texts. */
public final class SpanPredictor implements Predictor<SpanExample> {

  private static final int BATCH_SIZE = 32;

  private final SpanTaskHead head;
  private final SpanSettings settings;
  private final Tokenizer tokenizer;
  private final FrozenModel model;

  /**
   * Opens a model.
   *
   * @param head which head it has, see {@link #head}
   * @throws albert.experiments.InputException if it has no tokenizer
   */
  public SpanPredictor(
      PretrainedModel checkpoint,
      SpanHeadKind head,
      SpanSettings settings,
      RuntimeOptions options) {
    this.settings = settings;
    this.head = new SpanTaskHead(head, settings.spans().startNTop(), settings.spans().endNTop());
    tokenizer = checkpoint.openTokenizer();
    model =
        FrozenModel.of(
            checkpoint.model().config(),
            List.of(this.head.build(List.of())),
            checkpoint.model().weights(),
            options);
  }

  /** The head of a checkpoint, if it is one for spans. */
  public static Optional<SpanHeadKind> head(PretrainedModel checkpoint) {
    return SpanTaskHead.of(checkpoint.model().head());
  }

  @Override
  public List<SpanResult> predict(List<SpanExample> questions, StopSignal stop) {
    SpanConfig spans = settings.spans();
    double threshold =
        settings.mayBeUnanswerable() ? spans.nullScoreDiffThreshold() : Double.POSITIVE_INFINITY;
    SpanWindows windows =
        new SpanEncoder(
                tokenizer, settings.maxSeqLength(), spans.docStride(), spans.maxQueryLength())
            .encode(questions);
    SpanOutput[] outputs = new SpanOutput[windows.windows().size()];
    Evaluation.run(
        model::predict,
        new Batcher(windows.examples(), BATCH_SIZE, tokenizer.specialTokens().pad(), 1),
        head.outputs(),
        (batch, values) -> head.read(batch, values, outputs),
        stop);
    List<SpanPrediction> answers =
        new AnswerSelection(
                spans.nBestSize(), spans.maxAnswerLength(), settings.mayBeUnanswerable())
            .select(questions, windows, Arrays.asList(outputs));
    List<SpanResult> results = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      results.add(SpanResult.of(questions.get(i).context(), answers.get(i), threshold));
    }
    return results;
  }

  @Override
  public void close() {
    model.close();
    tokenizer.close();
  }
}
