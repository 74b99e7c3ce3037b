package albert.experiments.run;

import albert.datasets.batch.Batcher;
import albert.datasets.batch.EncodedExample;
import albert.datasets.batch.SequenceEncoder;
import albert.datasets.task.TaskKind;
import albert.datasets.task.TextExample;
import albert.datasets.text.Tokenizer;
import albert.experiments.InputException;
import albert.experiments.pretrained.PretrainedModel;
import albert.model.config.EncoderConfig;
import albert.model.runtime.FrozenModel;
import albert.model.runtime.RuntimeOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A fine-tuned model that says of texts, or pairs, what it has learnt to. */
public final class TextPredictor implements Predictor<TextExample> {

  private static final int BATCH_SIZE = 32;

  private final TextHead head;
  private final Tokenizer tokenizer;
  private final SequenceEncoder encoder;
  private final FrozenModel model;

  /**
   * Opens a model with a head for sequences.
   *
   * @throws InputException if it has another head or no tokenizer
   */
  public TextPredictor(PretrainedModel checkpoint, RuntimeOptions options) {
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
    EncoderConfig config = checkpoint.model().config();
    tokenizer = checkpoint.openTokenizer();
    encoder = new SequenceEncoder(tokenizer, config.maxPositionEmbeddings());
    model =
        FrozenModel.of(
            config, List.of(head.build(List.of())), checkpoint.model().weights(), options);
  }

  /**
   * Predicts, in the order of the texts: {@code label} and {@code probabilities} by label of a
   * classification, {@code score} of a regression.
   */
  @Override
  public List<Map<String, Object>> predict(List<TextExample> texts, StopSignal stop) {
    List<EncodedExample> encoded = encoder.encodeAll(texts);
    Batcher batcher = new Batcher(encoded, BATCH_SIZE, tokenizer.specialTokens().pad(), 1);
    float[][] values = new float[texts.size()][];
    Evaluation.run(
        model::predict,
        batcher,
        head.outputs(),
        (batch, outputs) -> head.read(batch, outputs, values),
        stop);
    double[] predictions = head.predictions(values);
    List<Map<String, Object>> results = new ArrayList<>();
    for (int row = 0; row < predictions.length; row++) {
      results.add(result(predictions[row], values[row]));
    }
    return results;
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
