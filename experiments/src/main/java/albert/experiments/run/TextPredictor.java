package albert.experiments.run;

import albert.datasets.batch.EncodedExample;
import albert.datasets.batch.SequenceEncoder;
import albert.datasets.task.TaskKind;
import albert.datasets.task.TextExample;
import albert.datasets.text.Tokenizer;
import albert.experiments.InputException;
import albert.experiments.ModelInputs;
import albert.experiments.pretrained.PretrainedModel;
import albert.experiments.stage.StopSignal;
import albert.model.config.EncoderConfig;
import albert.model.runtime.EvaluationModel;
import albert.model.tensor.FloatTensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A fine-tuned model that says of texts, or pairs, what it has learnt to. */
public final class TextPredictor implements Predictor<TextExample> {

  private final TextHead head;
  private final Tokenizer tokenizer;
  private final SequenceEncoder encoder;
  private final EvaluationBatches batches;
  private final EvaluationModel model;
  private final EncoderConfig config;
  private final TextSettings settings;
  private long read;

  /**
   * Opens a model with a head for sequences.
   *
   * @param settings see {@link TextSettings#of}
   * @throws InputException if it has another head or no tokenizer
   */
  public TextPredictor(PretrainedModel checkpoint, TextSettings settings) {
    this.settings = settings;
    head =
        TextHead.of(checkpoint.model().head())
            .orElseThrow(
                () ->
                    new InputException(
                        String.format(
                            Locale.ROOT,
                            "model %s has the head %s, needed is one of classification,"
                                + " regression, question_answering or conditional_span, as"
                                + " finetune leaves it",
                            checkpoint.name(),
                            checkpoint.model().head().kind().name().toLowerCase(Locale.ROOT))));
    if (settings.maxSeqLength() < SequenceEncoder.SHORTEST) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "--max-seq-length is %d, allowed are %d to the model's %d positions",
              settings.maxSeqLength(),
              SequenceEncoder.SHORTEST,
              checkpoint.model().config().maxPositionEmbeddings()));
    }
    config = checkpoint.model().config();
    tokenizer = checkpoint.openTokenizer();
    encoder = new SequenceEncoder(tokenizer, settings.maxSeqLength());
    batches =
        EvaluationBatches.of(tokenizer.specialTokens().pad(), config, settings.maxSeqLength());
    model =
        EvaluationModel.of(
            config,
            List.of(head.build(List.of())),
            checkpoint.model().weights(),
            settings.runtime());
  }

  /**
   * {@inheritDoc}
   *
   * <p>Results have {@code label} and {@code probabilities} by label of a classification, {@code
   * score} of a regression. Whoever has more than {@value EvaluationBatches#CHUNK} texts gives them
   * in chunks of as many: then those of a dev set get, on the machine that trained, the very values
   * of the run's predictions.
   */
  @Override
  public void predict(List<TextExample> texts, StopSignal stop, Consumer<Object> results) {
    List<EncodedExample> encoded = encoder.encodeAll(texts);
    encoded.forEach(
        example ->
            ModelInputs.requireReadable(config, texts.get(example.row()).id(), example.sequence()));
    read += texts.size();
    float[][] values = new float[texts.size()][];
    Evaluation.run(
        model::predict,
        batches.of(encoded),
        head.outputs(),
        (batch, outputs) -> head.read(batch, outputs, values),
        stop);
    double[] predictions = head.predictions(values);
    for (int row = 0; row < predictions.length; row++) {
      if (!FloatTensor.isFinite(values[row], 0, values[row].length)) {
        throw Predictor.nonFinite(texts.get(row).id());
      }
      results.accept(result(predictions[row], values[row]));
    }
  }

  @Override
  public Optional<String> cut() {
    return encoder.cut() == 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "%d of %d texts were cut to %d pieces",
                encoder.cut(),
                read,
                settings.maxSeqLength()));
  }

  private Map<String, Object> result(double prediction, float[] values) {
    Map<String, Object> result = new LinkedHashMap<>();
    if (head.kind() == TaskKind.REGRESSION) {
      result.put("score", prediction);
      return result;
    }
    List<String> labels = head.labels();
    result.put("label", labels.get((int) prediction));
    Map<String, Float> probabilities = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      probabilities.put(labels.get(i), values[i]);
    }
    result.put("probabilities", probabilities);
    return result;
  }

  @Override
  public void close() {
    model.close();
    tokenizer.close();
  }
}
